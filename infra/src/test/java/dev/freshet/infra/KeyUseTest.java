package dev.freshet.infra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.aws.option.OptionValues.OwnKey;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.services.iam.PolicyStatement;

class KeyUseTest {
    private static PolicyStatement may(String... actions) {
        return PolicyStatement.Builder.create()
                .actions(List.of(actions))
                .resources(List.of("arn:aws:x:::y"))
                .build();
    }

    private static List<PolicyStatement> use(PolicyStatement... statements) {
        return KeyUse.of(
                "arn:aws:kms:eu-west-1:1:key/k", "eu-west-1", List.of(statements), OwnKey.TRUE);
    }

    @Test
    void whoReadsMayDecryptThroughThatStoreOnly() {
        List<PolicyStatement> uses = use(may("dynamodb:Query"), may("s3:GetObject"));

        assertThat(uses).hasSize(2);
        assertThat(uses.get(0).getActions())
                .containsExactlyInAnyOrder("kms:Decrypt", "kms:DescribeKey");
        assertThat(uses.get(0).toJSON().toString()).contains("dynamodb.eu-west-1.amazonaws.com");
        assertThat(uses.get(1).getActions()).containsExactly("kms:Decrypt");
        assertThat(uses.get(1).getResources()).containsExactly("arn:aws:kms:eu-west-1:1:key/k");
    }

    @Test
    void whoPutsRecordsMayNotDecryptThem() {
        assertThat(use(may("kinesis:PutRecords")).getFirst().getActions())
                .containsExactly("kms:GenerateDataKey");
    }

    @Test
    void whoOnlyListsOrDeletesObjectsNeedsNoKey() {
        assertThat(use(may("s3:ListBucket"), may("s3:DeleteObject"), may("logs:PutLogEvents")))
                .isEmpty();
    }
}
