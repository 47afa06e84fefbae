package dev.freshet.local.localstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.local.host.LocalCloudException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.ResourceStatus;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;

/**
 * Creates the stack in LocalStack, from a folder with a synthesized template and its assets, as
 * {@code cdk deploy} would. An earlier stack of the name is deleted first, with its data: a failed
 * one could not be updated, and LocalStack keeps nothing over a restart anyway.
 */
record LocalStackDeployment(LocalStackClients clients) {
    static final String STACK = "freshet-localstack";

    private static final String TEMPLATE = "Freshet.template.json";
    private static final String ASSETS = "Freshet.assets.json";

    /** The longest time that the stack may take to be created or deleted. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Creates the stack and waits until it is complete.
     *
     * @param synthesized folder of the cloud assembly
     * @return physical ids of the resources, by logical id
     * @throws SdkException if LocalStack does not answer
     * @throws LocalCloudException if it cannot create a resource, which the message then names
     */
    Map<String, String> create(Path synthesized, LocalStackTemplate template) {
        try {
            deleteEarlier();
            String location = upload(synthesized, template);
            clients.stacks()
                    .createStack(
                            request ->
                                    request.stackName(STACK)
                                            .templateURL(location)
                                            .capabilities(
                                                    Capability.CAPABILITY_IAM,
                                                    Capability.CAPABILITY_NAMED_IAM));
            await(StackStatus.CREATE_COMPLETE, ResourceStatus.CREATE_FAILED);
            return resources();
        } catch (IOException e) {
            throw new LocalCloudException(
                    "There is no synthesized stack at "
                            + synthesized
                            + ": run './mvnw -q package -DskipTests'.",
                    e);
        }
    }

    private void deleteEarlier() {
        if (status().isPresent()) {
            clients.stacks().deleteStack(request -> request.stackName(STACK));
            await(StackStatus.DELETE_COMPLETE, ResourceStatus.DELETE_FAILED);
        }
    }

    /** Uploads the packaged functions and the template; returns the template's address. */
    private String upload(Path synthesized, LocalStackTemplate template) throws IOException {
        JsonNode assets = JSON.readTree(Files.readString(synthesized.resolve(ASSETS)));
        String text = template.template().toString();
        for (JsonNode file : assets.path("files")) {
            Path source = synthesized.resolve(file.at("/source/path").asText());
            for (JsonNode destination : file.path("destinations")) {
                String key = destination.path("objectKey").asText();
                if (text.contains(key)) {
                    put(bucket(destination), key, RequestBody.fromFile(source));
                }
            }
        }
        String bucket = STACK + "-template";
        put(bucket, TEMPLATE, RequestBody.fromString(text));
        return clients.s3()
                .utilities()
                .getUrl(request -> request.bucket(bucket).key(TEMPLATE))
                .toString();
    }

    private void put(String bucket, String key, RequestBody body) {
        clients.s3().createBucket(request -> request.bucket(bucket));
        clients.s3().putObject(request -> request.bucket(bucket).key(key), body);
    }

    private static String bucket(JsonNode destination) {
        return destination
                .path("bucketName")
                .asText()
                .replace("${AWS::AccountId}", LocalStackClients.ACCOUNT)
                .replace("${AWS::Region}", LocalStackClients.REGION.id());
    }

    private Optional<StackStatus> status() {
        try {
            return clients
                    .stacks()
                    .describeStacks(request -> request.stackName(STACK))
                    .stacks()
                    .stream()
                    .map(Stack::stackStatus)
                    .filter(status -> status != StackStatus.DELETE_COMPLETE)
                    .findFirst();
        } catch (CloudFormationException e) {
            if (String.valueOf(e.getMessage()).contains("does not exist")) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private void await(StackStatus wanted, ResourceStatus failure) {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (true) {
            StackStatus now = status().orElse(StackStatus.DELETE_COMPLETE);
            if (now == wanted) {
                return;
            }
            if (!now.toString().endsWith("_IN_PROGRESS") || System.nanoTime() > deadline) {
                throw new LocalCloudException(
                        "The stack is %s instead of %s.".formatted(now, wanted)
                                + first(failure).map(reason -> " " + reason).orElse(""));
            }
            try {
                Thread.sleep(1_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new LocalCloudException("Interrupted while the stack was made.", e);
            }
        }
    }

    private Optional<String> first(ResourceStatus failure) {
        return clients
                .stacks()
                .describeStackEventsPaginator(request -> request.stackName(STACK))
                .stackEvents()
                .stream()
                .filter(event -> event.resourceStatus() == failure)
                .reduce((later, earlier) -> earlier)
                .map(LocalStackDeployment::sentence);
    }

    private static String sentence(StackEvent event) {
        return "%s (%s): %s"
                .formatted(
                        event.logicalResourceId(),
                        event.resourceType(),
                        event.resourceStatusReason());
    }

    private Map<String, String> resources() {
        return clients
                .stacks()
                .listStackResourcesPaginator(request -> request.stackName(STACK))
                .stackResourceSummaries()
                .stream()
                .collect(
                        Collectors.toMap(
                                each -> each.logicalResourceId(),
                                each -> each.physicalResourceId(),
                                (first, second) -> first,
                                TreeMap::new));
    }
}
