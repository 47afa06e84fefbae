package dev.freshet.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.freshet.aws.option.OptionType;
import dev.freshet.aws.option.StackOption;
import dev.freshet.aws.option.StackOptions;
import dev.freshet.aws.option.StackSettings;
import dev.freshet.template.Template;
import dev.freshet.testkit.GeneratedPage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What AWS allows a stack at most, and what the largest stacks take of it: everything that an owner
 * can add, a name of 128 characters, and the longest values that fit beside each other. Names that
 * CloudFormation makes up, regions and accounts count with their longest form. How much is left is
 * printed, and stated on a page.
 */
class LimitsTest {
    private static final Path PAGE = Path.of("..", "docs", "limits.md");
    private static final String BEGIN = "<!-- room: generated -->\n";
    private static final String END = "<!-- end of room -->";
    private static final int STACK_NAME = 128;

    /** By how many percent the page may say too much. */
    private static final int SLACK = 15;

    private static final String EVERYTHING =
            "stage=prod alarms=all batch=true bulk=true canary=true customerKey=true embedder=multimodal"
                    + " eventShardsMax=500 lake=true objectLogs=true operators=true protection=true"
                    + " pseudonymiseIds=true site=true snapStart=true tracing=true stackName="
                    + "s".repeat(STACK_NAME);

    private static final List<Synthesized> LARGEST =
            List.of(
                    largest("signedApi=true waf=true fanOut=true"),
                    largest("signedApi=true waf=true consumer=worker"),
                    largest("entrance=http consumer=worker"));

    private static Synthesized largest(String more) {
        Map<String, String> given = new TreeMap<>();
        for (String option : (EVERYTHING + " " + more).split(" ", -1)) {
            given.put(option.split("=", -1)[0], option.split("=", -1)[1]);
        }
        for (StackOption<?> option : StackOptions.all()) {
            Map<String, String> longer = new TreeMap<>(given);
            if (longer.putIfAbsent(option.name(), longest(option.type())) == null
                    && isAllowed(longer)) {
                given = longer;
            }
        }
        return Synthesized.with(new TreeMap<>(given));
    }

    private static <T> String longest(OptionType<T> type) {
        return type.borders().stream()
                .map(type::write)
                .max(Comparator.comparingInt(String::length))
                .orElseThrow();
    }

    private static boolean isAllowed(Map<String, String> given) {
        try {
            return StackSettings.of(given).given().size() == given.size();
        } catch (IllegalArgumentException refused) {
            return false;
        }
    }

    @Test
    void theLongestValueOfEachOptionFits() {
        for (StackOption<?> option : StackOptions.all()) {
            Map<String, String> given = new TreeMap<>();
            if (option.equals(StackOptions.BATCH)) {
                given.put("lake", "true");
            }
            if (option.equals(StackOptions.DOMAIN)) {
                given.put("certificateArn", longest(StackOptions.CERTIFICATE_ARN.type()));
            }
            given.put(option.name(), longest(option.type()));
            assertThat(StackSettings.of(given).given()).as(option.name()).isNotEmpty();
        }
    }

    /** A limit, and what a stack takes of it. */
    private record Limit(String what, long most, ToLongFunction<Measured> taken) {}

    /** Returns the limit of a property of resources of a type. */
    private static Limit of(String what, long most, String type, String pointer) {
        return new Limit(what, most, of -> of.longest(type, pointer));
    }

    private static final List<Limit> LIMITS =
            List.of(
                    new Limit("resources of a template", 500, of -> of.resources().size()),
                    new Limit("bytes of a template", 1_000_000, Measured::bytes),
                    new Limit("outputs", 200, of -> of.stack.template().path("Outputs").size()),
                    of(
                            "bytes of the environment of a function",
                            StackSettings.MAX_ENVIRONMENT_BYTES,
                            "AWS::Lambda::Function",
                            "/Environment/Variables"),
                    new Limit("bytes of what a function permits", 20_480, Measured::permissions),
                    new Limit("characters of the policies of a role", 10_240, Measured::policies),
                    of(
                            "characters of a policy for callers",
                            6_144,
                            "AWS::IAM::ManagedPolicy",
                            "/PolicyDocument"),
                    of(
                            "characters of who may assume a role",
                            2_048,
                            "AWS::IAM::Role",
                            "/AssumeRolePolicyDocument"),
                    of("bytes of the policy of a key", 32_768, "AWS::KMS::Key", "/KeyPolicy"),
                    of(
                            "bytes of the policy of a bucket",
                            20_480,
                            "AWS::S3::BucketPolicy",
                            "/PolicyDocument"),
                    of(
                            "bytes of a state machine",
                            1_048_576,
                            "AWS::StepFunctions::StateMachine",
                            "/DefinitionString"));

    @Test
    void theLargestStacksAreWithinTheLimitsOfAwsWithTheRoomThatThePageStates() throws IOException {
        String page = Files.readString(PAGE);
        StringBuilder table =
                new StringBuilder("\n| of | AWS allows | taken at most |\n|---|---|---|\n");
        for (Limit limit : LIMITS) {
            long taken =
                    LARGEST.stream()
                            .map(Measured::new)
                            .mapToLong(limit.taken())
                            .max()
                            .orElseThrow();
            System.out.printf("%s: %,d of %,d%n", limit.what(), taken, limit.most());
            assertThat(taken).as(limit.what()).isBetween(1L, limit.most());
            long percent = Math.ceilDiv(100 * taken, limit.most());
            Matcher stated =
                    Pattern.compile(
                                    Pattern.quote("| " + limit.what() + " | ")
                                            + "[0-9,]+ \\| ([0-9]+) %")
                            .matcher(page);
            long said = stated.find() ? Long.parseLong(stated.group(1)) : 0;
            if (percent > said || percent < said - SLACK) {
                said = Math.min(100, Math.ceilDiv(percent, 5) * 5);
            }
            table.append("| %s | %,d | %d %% |%n".formatted(limit.what(), limit.most(), said));
        }
        GeneratedPage.assertGenerated(PAGE, BEGIN, table.append('\n').toString(), END);
    }

    /** Names that the stack chooses itself; CloudFormation shortens those that it makes up. */
    @ParameterizedTest
    @CsvSource({
        "AWS::Lambda::Function, /FunctionName, 64",
        "AWS::Lambda::Function, /Description, 256",
        "AWS::StepFunctions::StateMachine, /StateMachineName, 80",
        "AWS::EMRServerless::Application, /Name, 64",
        "AWS::Athena::WorkGroup, /Name, 128",
        "AWS::Glue::Database, /DatabaseInput/Name, 255",
        "AWS::DynamoDB::GlobalTable, /TableName, 255",
        "AWS::KMS::Alias, /AliasName, 256",
        "AWS::CloudFront::Function, /Name, 64",
        "AWS::CloudFront::ResponseHeadersPolicy, /ResponseHeadersPolicyConfig/Name, 128",
        "AWS::CloudFront::OriginAccessControl, /OriginAccessControlConfig/Name, 64",
        "AWS::Kinesis::StreamConsumer, /ConsumerName, 128",
        "AWS::Events::Rule, /Description, 512",
        "AWS::CloudWatch::Alarm, /AlarmDescription, 1024",
        "AWS::IAM::Role, /Description, 1000"
    })
    void namesAndDescriptionsAreNoLongerThanTheirServicesAllow(
            String type, String pointer, int most) {
        List<String> texts =
                LARGEST.stream()
                        .flatMap(stack -> new Measured(stack).all(type, pointer))
                        .map(JsonNode::asText)
                        .toList();

        assertThat(texts)
                .isNotEmpty()
                .allSatisfy(text -> assertThat(text).hasSizeLessThanOrEqualTo(most));
    }

    /**
     * A template, and how large its parts are once CloudFormation has filled in every reference.
     */
    private record Measured(Synthesized stack) implements Template.Names {
        /** The longest names that services make up or keep, where they are not the stack's. */
        private static final Map<String, Integer> NAMES =
                Map.of(
                        "AWS::S3::Bucket", 63,
                        "AWS::IAM::Role", 64,
                        "AWS::Lambda::Function", 64,
                        "AWS::Kinesis::Stream", 128,
                        "AWS::KinesisFirehose::DeliveryStream", 64,
                        "AWS::KMS::Key", 36,
                        "AWS::ApiGateway::RestApi", 10,
                        "AWS::ApiGateway::Stage", 4);

        private static final String REGION = "ap-southeast-7";
        private static final String ARN =
                "arn:aws-us-gov:elasticmapreduce:" + REGION + ":123456789012:";

        JsonNode resources() {
            return stack.template().path("Resources");
        }

        long bytes() {
            return stack.file().toFile().length();
        }

        /** Returns the size of the largest part of resources of a type. */
        long longest(String type, String pointer) {
            return all(type, pointer).mapToLong(Measured::size).max().orElse(0);
        }

        Stream<JsonNode> all(String type, String pointer) {
            return stack.ofType(type).values().stream()
                    .map(properties -> resolved(properties.at(pointer)));
        }

        /** Returns the size of the policies of the role that has the most. */
        long policies() {
            Map<String, Long> byRole = new HashMap<>();
            for (JsonNode policy : stack.ofType("AWS::IAM::Policy").values()) {
                long size = size(resolved(policy.path("PolicyDocument")));
                policy.path("Roles")
                        .forEach(role -> byRole.merge(role.path("Ref").asText(), size, Long::sum));
            }
            return byRole.isEmpty() ? 0 : Collections.max(byRole.values());
        }

        /** Returns the size of the policy of the alias or function with the most permissions. */
        long permissions() {
            Map<String, Long> byFunction = new HashMap<>();
            for (JsonNode permission : stack.ofType("AWS::Lambda::Permission").values()) {
                String statement =
                        """
                        {"Sid":"%s","Effect":"Allow","Principal":{"Service":"%s"},"Action":"%s","Resource":"%s",\
                        "Condition":{"StringEquals":{"AWS:SourceAccount":"123456789012"},"ArnLike":{"AWS:SourceArn":"%s"}}},"""
                                .formatted(
                                        "i".repeat(100),
                                        permission.path("Principal").asText(),
                                        permission.path("Action").asText(),
                                        ARN + "f".repeat(64),
                                        resolved(permission.path("SourceArn")).asText());
                byFunction.merge(
                        permission.path("FunctionName").toString(),
                        (long) statement.length(),
                        Long::sum);
            }
            return byFunction.isEmpty() ? 0 : Collections.max(byFunction.values());
        }

        private static long size(JsonNode part) {
            String text = part.isTextual() ? part.asText() : part.toString();
            return part.isMissingNode() ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
        }

        /** Returns a value with every reference in its longest form. */
        JsonNode resolved(JsonNode value) {
            if (value instanceof ObjectNode object) {
                if (value.size() == 1 && value.fieldNames().next().matches("Ref|Fn::.*")) {
                    return TextNode.valueOf(new Template(stack.template()).text(value, this));
                }
                ObjectNode all = new ObjectMapper().createObjectNode();
                object.forEachEntry((name, member) -> all.set(name, resolved(member)));
                return all;
            }
            if (value instanceof ArrayNode array) {
                ArrayNode all = new ObjectMapper().createArrayNode();
                array.forEach(element -> all.add(resolved(element)));
                return all;
            }
            return value;
        }

        @Override
        public String attribute(String id, String attribute) {
            return attribute.endsWith("Arn") ? ARN + ref(id) : ref(id);
        }

        @Override
        public String ref(String id) {
            return switch (id) {
                case "AWS::Region" -> REGION;
                case "AWS::AccountId" -> "123456789012";
                case "AWS::Partition" -> "aws-us-gov";
                case "AWS::URLSuffix" -> "amazonaws.com.cn";
                case "AWS::StackId" -> ARN + "n".repeat(STACK_NAME + 43);
                default -> {
                    String type = stack.resource(id).path("Type").asText();
                    String made = "n".repeat(STACK_NAME) + "-" + id + "-1234567890123";
                    String name =
                            made.substring(
                                    0, Math.min(made.length(), NAMES.getOrDefault(type, 255)));
                    yield type.equals("AWS::SecretsManager::Secret")
                            ? ARN + "secret:" + id + "-123456789012-123456"
                            : name;
                }
            };
        }
    }
}
