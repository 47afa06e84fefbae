package dev.freshet.local.localstack;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import dev.freshet.local.host.HttpReply;
import dev.freshet.local.host.LocalCloudException;
import dev.freshet.local.host.LoopbackServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalStackDeploymentTest {
    private static final String STACK =
            """
            <DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/">
              <DescribeStacksResult><Stacks><member>
                <StackName>freshet-localstack</StackName><StackStatus>DELETE_FAILED</StackStatus>
                <CreationTime>2026-11-30T00:00:00Z</CreationTime>
              </member></Stacks></DescribeStacksResult>
            </DescribeStacksResponse>
            """;

    private static final String EVENTS =
            """
            <DescribeStackEventsResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/">
              <DescribeStackEventsResult><StackEvents>
                <member><LogicalResourceId>freshet-localstack</LogicalResourceId>
                  <ResourceType>AWS::CloudFormation::Stack</ResourceType>
                  <ResourceStatus>DELETE_FAILED</ResourceStatus>
                  <ResourceStatusReason>The following resource(s) failed</ResourceStatusReason></member>
                <member><LogicalResourceId>ModelBucket</LogicalResourceId>
                  <ResourceType>AWS::S3::Bucket</ResourceType>
                  <ResourceStatus>DELETE_FAILED</ResourceStatus>
                  <ResourceStatusReason>The bucket is not empty</ResourceStatusReason></member>
                <member><LogicalResourceId>Users</LogicalResourceId>
                  <ResourceType>AWS::DynamoDB::GlobalTable</ResourceType>
                  <ResourceStatus>CREATE_FAILED</ResourceStatus>
                  <ResourceStatusReason>long ago</ResourceStatusReason></member>
              </StackEvents></DescribeStackEventsResult>
            </DescribeStackEventsResponse>
            """;

    @AutoClose
    private final LoopbackServer server = LoopbackServer.start(LocalStackDeploymentTest::answer);

    @TempDir private Path folder = Path.of("");

    private static HttpReply answer(HttpExchange exchange) throws IOException {
        String call = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String answer =
                call.contains("Action=DescribeStacks")
                        ? STACK
                        : call.contains("Action=DescribeStackEvents")
                                ? EVENTS
                                : "<DeleteStackResponse></DeleteStackResponse>";
        return HttpReply.of(200, "text/xml", answer);
    }

    @Test
    void anEarlierStackThatCannotBeDeletedNamesTheResourceAndWhy() throws IOException {
        try (LocalStackClients clients = LocalStackClients.of(server.uri())) {
            LocalStackTemplate template =
                    LocalStackTemplate.of(new ObjectMapper().readTree("{\"Resources\": {}}"));
            assertThatThrownBy(() -> new LocalStackDeployment(clients).create(folder, template))
                    .isInstanceOf(LocalCloudException.class)
                    .hasMessage(
                            "The stack is DELETE_FAILED instead of DELETE_COMPLETE. ModelBucket"
                                    + " (AWS::S3::Bucket): The bucket is not empty");
        }
    }
}
