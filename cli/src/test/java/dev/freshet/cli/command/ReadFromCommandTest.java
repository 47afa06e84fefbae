package dev.freshet.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.cli.CommandServer;
import dev.freshet.cli.CommandServer.Ran;
import dev.freshet.cli.lake.FakeAws;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadFromCommandTest {
    private static final String PATH = "2015-03-31/functions/shop-retain/invocations";

    @AutoClose private final FakeAws aws = new FakeAws().inPlaceOfAws();

    @BeforeEach
    void aStackWithTheFunction() {
        aws.on("DescribeStacks", CommandServer.described(Map.of("KeysTableName", "keys")));
        aws.on(
                "DescribeStackResource",
                """
                <DescribeStackResourceResponse><DescribeStackResourceResult><StackResourceDetail>
                <PhysicalResourceId>shop-retain</PhysicalResourceId>
                </StackResourceDetail></DescribeStackResourceResult></DescribeStackResourceResponse>""");
    }

    @Test
    void theTimeIsPrintedAloneForAScript() {
        aws.on(PATH, "{\"readFrom\":\"2026-12-01T09:50:00Z\"}");

        Ran ran = CommandServer.alone("read-from", "--stack", "shop");

        assertThat(ran.out()).isEqualTo("2026-12-01T09:50:00Z\n");
        assertThat(aws.requests()).contains(PATH + " {\"readFrom\":true}");
        assertThat(CommandServer.alone("read-from", "--stack", "shop", "--json").out())
                .contains("\"readFrom\":\"2026-12-01T09:50:00Z\"");
    }

    @Test
    void aFunctionThatFailsIsNamed() {
        aws.on(PATH, "{\"errorType\":\"StoreUnavailableException\"}");
        Ran ran = CommandServer.alone("read-from", "--stack", "shop");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("shop-retain did not say it", "StoreUnavailableException");
        assertThat(CommandServer.alone("read-from").err()).contains("Name a stack on AWS");
    }
}
