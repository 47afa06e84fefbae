package dev.freshet.infra;

import dev.freshet.aws.option.DescribedFormats;
import dev.freshet.aws.option.StackOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.CfnPermission;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.LayerVersion;
import software.amazon.awscdk.services.lambda.LoggingFormat;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.SnapStartConf;
import software.amazon.awscdk.services.lambda.SystemLogLevel;
import software.amazon.awscdk.services.lambda.Tracing;
import software.amazon.awscdk.services.lambda.VersionOptions;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/**
 * A Lambda function with a role and a log group of its own and, if callers need one, an alias.
 * Lambda's own lines are logged only where an invocation fails: those of a successful one say when
 * it began and how long it took, which metrics say too, and would be half of the log.
 */
final class FreshetFunction extends Construct {
    private static final String PACKAGE = "dev.freshet.functions.";

    /** The alias by which a function is invoked. */
    static final String ALIAS = "live";

    private static final String SNAP_START_WARNING = "@aws-cdk/aws-lambda:snapStartRequirePublish";

    final Function function;
    final Role role;
    private @Nullable Alias alias;

    /**
     * The specification of one function.
     *
     * @param id the logical id, which is in lower case the function's name in the OpenAPI document
     * @param memoryMb the memory in MB, 128 to 10,240; 1,769 MB come with one virtual processor
     * @param timeoutSeconds the timeout in seconds, 1 to 900; API Gateway waits 29 s
     * @param environment the environment variables
     * @param access the permissions of the function's role, besides those to write its log
     * @param ofApi whether API Gateway calls the function
     * @param snapStart whether published versions start from a snapshot (SnapStart), unless the
     *     stack has the option {@code snapStart=false}
     * @param layer the folder of a layer with further classes of the function
     */
    record Spec(
            String id,
            int memoryMb,
            int timeoutSeconds,
            Map<String, String> environment,
            List<PolicyStatement> access,
            boolean ofApi,
            boolean snapStart,
            Optional<Path> layer) {
        Spec {
            if (snapStart && !ofApi) {
                throw new IllegalArgumentException(
                        id + ": SnapStart works on published versions only");
            }
        }
    }

    FreshetFunction(Construct scope, Spec spec, Code code, SecurityBaseline baseline) {
        super(scope, spec.id());
        LogGroup log = baseline.log(this, spec.id() + "Log");
        role = Access.role(this, "Permissions of Freshet's function " + spec.id(), "lambda");
        role.addToPolicy(
                Access.allow(log.getLogGroupArn(), "logs:CreateLogStream", "logs:PutLogEvents"));
        baseline.allow(role, spec.access());
        Function.Builder builder =
                Function.Builder.create(this, "Function")
                        .runtime(Runtime.JAVA_25)
                        .architecture(Architecture.ARM_64)
                        .handler(PACKAGE + spec.id() + "Handler")
                        .code(code)
                        .memorySize(spec.memoryMb())
                        .timeout(Duration.seconds(spec.timeoutSeconds()))
                        .environment(new TreeMap<>(spec.environment()))
                        .role(role)
                        .currentVersionOptions(versions())
                        .loggingFormat(LoggingFormat.JSON)
                        .systemLogLevelV2(SystemLogLevel.WARN)
                        .logGroup(log);
        // A trace of a function that a stream or a schedule invokes begins and ends with it.
        boolean traced = spec.ofApi() && baseline.settings.get(StackOptions.TRACING);
        if (traced) {
            builder.tracing(Tracing.ACTIVE);
        }
        boolean snapStart = spec.snapStart() && baseline.settings.get(StackOptions.SNAP_START);
        if (snapStart) {
            builder.snapStart(SnapStartConf.ON_PUBLISHED_VERSIONS);
        }
        spec.layer()
                .map(
                        folder ->
                                LayerVersion.Builder.create(this, "Layer")
                                        .code(Code.fromAsset(folder.toString()))
                                        .compatibleArchitectures(List.of(Architecture.ARM_64))
                                        .compatibleRuntimes(List.of(Runtime.JAVA_25))
                                        .build())
                .ifPresent(layer -> builder.layers(List.of(layer)));
        function = builder.build();
        if (traced) {
            Acknowledged.anyResource(
                    role,
                    "xray:PutTraceSegments and PutTelemetryRecords cannot be limited to a"
                            + " resource.");
        }
        if (snapStart) {
            Annotations.of(function).acknowledgeWarning(SNAP_START_WARNING, "the alias has them");
        }
        FreshetStack.pin(function, spec.id());
    }

    /**
     * Returns how versions are published: they say which formats their code reads and writes, and
     * remain when the next one is published. That of a deployment that fails is deleted; otherwise
     * Lambda would find nothing to publish when the deployment is repeated.
     */
    private static VersionOptions versions() {
        return VersionOptions.builder()
                .description(DescribedFormats.ofThisRelease())
                .removalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE)
                .build();
    }

    /**
     * Permits API Gateway to invoke the alias.
     *
     * @param api the API, to which the permission belongs
     * @param name what is invoked, which ends the ids of the permission
     * @param sourceArn the routes or the authorizer that may invoke it
     * @param logicalId how the permission's logical id begins
     */
    void permit(Construct api, String name, String sourceArn, String logicalId) {
        CfnPermission.Builder.create(api, "Permission-" + name)
                .action("lambda:InvokeFunction")
                .principal("apigateway.amazonaws.com")
                .functionName(alias().getFunctionArn())
                .sourceArn(sourceArn)
                .build()
                .overrideLogicalId(
                        logicalId + Character.toUpperCase(name.charAt(0)) + name.substring(1));
    }

    /**
     * Returns the alias {@code live}, which is made at the first call. API Gateway, mappings, state
     * machines and Firehose call the function by it, never by a version: a deployment moves the
     * alias to the next version, and {@code freshet rollback} moves it back.
     */
    Alias alias() {
        if (alias == null) {
            alias =
                    Alias.Builder.create(this, "Alias")
                            .aliasName(ALIAS)
                            .version(function.getCurrentVersion())
                            .build();
            FreshetStack.pin(alias, getNode().getId() + "Live");
        }
        return alias;
    }
}
