package dev.freshet.cli.connection;

import static dev.freshet.cli.CommandServer.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.aws.Setting;
import dev.freshet.aws.option.StackOptions;
import dev.freshet.cli.CommandServer;
import dev.freshet.cli.lake.FakeAws;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The outputs as an endpoint that stands in for CloudFormation gives them. */
class StackOutputsTest {
    @AutoClose private final FakeAws aws = new FakeAws().inPlaceOfAws();

    private void describe(Map<String, String> outputs) {
        aws.on("DescribeStacks", CommandServer.described(outputs));
    }

    @Test
    void outputsNameTheSettingsOfTheStack() {
        describe(Map.of("KeysTableName", "keys-1", "ModelId", "main", "SecretPlanId", "p"));

        StackOutputs outputs = StackOutputs.read("shop");

        assertThat(aws.requests().getLast()).contains("Action=DescribeStacks", "StackName=shop");
        assertThat(outputs.find("SecretPlanId")).hasValue("p");
        assertThat(outputs.variables())
                .containsEntry(Setting.KEYS_TABLE.variable(), "keys-1")
                .containsEntry(StackOptions.MODEL_ID.variable(), "main")
                .doesNotContainKey(Setting.QUARANTINE_BUCKET.variable());
    }

    @Test
    void aStackThatIsNotFoundIsASentence() {
        aws.on(
                "DescribeStacks",
                """
                <ErrorResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/">
                  <Error><Type>Sender</Type><Code>ValidationError</Code>
                  <Message>Stack with id shop does not exist</Message></Error>
                </ErrorResponse>""");

        assertRefused(() -> StackOutputs.read("shop"), "'shop'", "does not exist", "AWS_REGION");
    }

    @Test
    void anotherStackIsRefused() {
        describe(Map.of("BucketName", "b"));

        assertRefused(() -> StackOutputs.read("shop"), "'shop'");
    }
}
