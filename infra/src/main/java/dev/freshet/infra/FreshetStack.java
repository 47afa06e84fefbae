package dev.freshet.infra;

import dev.freshet.aws.Setting;
import dev.freshet.aws.option.OptionValues.DeploymentChoice;
import dev.freshet.aws.option.OptionValues.EntranceChoice;
import dev.freshet.aws.option.OptionValues.Stage;
import dev.freshet.aws.option.StackOptions;
import dev.freshet.aws.option.StackSettings;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.CfnElement;
import software.amazon.awscdk.DefaultStackSynthesizer;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.s3.Bucket;
import software.constructs.Construct;
import software.constructs.IConstruct;
import software.constructs.Node;

/** The CloudFormation stack with all resources of one tenant. */
final class FreshetStack extends Stack {
    /**
     * Creates the stack.
     *
     * @param packages the code of the functions and of the worker
     */
    FreshetStack(Construct scope, String id, StackSettings settings, FreshetApp.Packages packages) {
        super(scope, id, properties(settings));
        SecurityBaseline baseline = new SecurityBaseline(this, settings);
        Storage storage = new Storage(this, baseline);
        OneWayRules.add(this, settings, FreshetApp.allowed(scope.getNode()));
        StackStreams streams = new StackStreams(this, baseline);
        Optional<LakeStorage> lakeStorage =
                settings.get(StackOptions.LAKE)
                        ? Optional.of(new LakeStorage(this, baseline, storage))
                        : Optional.empty();
        Functions functions =
                new Functions(this, baseline, storage, streams, lakeStorage, packages);
        Optional<Lake> lake =
                lakeStorage.map(of -> Lake.of(this, baseline, of, streams, functions));
        Optional<BulkMachine> bulk =
                functions.bulk.map(function -> new BulkMachine(this, baseline, storage, function));
        Optional<BatchMachine> batch =
                functions.announce.map(
                        announce -> {
                            BatchJobs jobs =
                                    new BatchJobs(
                                            this,
                                            baseline,
                                            lakeStorage.orElseThrow(),
                                            packages.batchJar());
                            return new BatchMachine(this, baseline, jobs, announce);
                        });
        Optional<Construct> worker =
                switch (settings.get(StackOptions.CONSUMER)) {
                    case FUNCTIONS -> {
                        new Mappings(this, settings, streams, functions, storage.quarantineBucket);
                        yield Optional.empty();
                    }
                    case WORKER ->
                            Optional.of(
                                    new WorkerService(
                                                    this,
                                                    baseline,
                                                    functions,
                                                    packages.workerFolder())
                                            .service);
                };
        DeploymentOrder.of(functions, worker, lake);
        new Schedules(this, settings, functions);
        Optional<Api> rest =
                settings.get(StackOptions.ENTRANCE) == EntranceChoice.REST
                        ? Optional.of(new Api(this, baseline, functions.ofApi(), Api.Variant.KEYS))
                        : Optional.empty();
        ApiEndpoint direct =
                rest.map(api -> api.endpoint)
                        .orElseGet(() -> new HttpApi(this, baseline, functions.ofApi()).endpoint);
        IConstruct receiver = getNode().findChild(rest.isPresent() ? "Api" : "HttpApi");
        // Pages have the domain themselves, with the API behind them.
        Optional<ApiDomain> domain =
                settings.find(StackOptions.DOMAIN)
                        .filter(_ -> !settings.get(StackOptions.SITE))
                        .map(name -> new ApiDomain(this, settings, name, receiver, direct));
        ApiEndpoint entrance = domain.map(of -> of.endpoint).orElse(direct);
        functions.canary.ifPresent(
                canary ->
                        canary.function.addEnvironment(
                                Setting.CANARY_URL.variable(), entrance.url()));
        Optional<StackUsagePlans> plans = rest.map(api -> new StackUsagePlans(this, settings, api));
        Optional<Api> signed =
                settings.get(StackOptions.SIGNED_API)
                        ? Optional.of(
                                new Api(this, baseline, functions.ofApi(), Api.Variant.SIGNED))
                        : Optional.empty();
        signed.ifPresent(variant -> rest.ifPresent(variant::logsByTheRoleOf));
        Optional<Callers> callers = signed.map(variant -> new Callers(this, variant));
        if (settings.get(StackOptions.WAF)) {
            Stream.concat(rest.stream(), signed.stream())
                    .forEach(variant -> new WebAcl(this, settings, variant));
        }
        Alarms alarms =
                new Alarms(this, baseline, functions, entrance, streams, storage.quarantineBucket);
        if (settings.get(StackOptions.DEPLOYMENT) == DeploymentChoice.CANARY) {
            new CanaryDeployments(this, functions.ofApi(), alarms.ofRequests());
        }
        lake.ifPresent(alarms::lake);
        batch.ifPresent(alarms::batch);
        new StackDashboard(this, alarms.metrics, functions, storage, streams);
        Outputs outputs = new Outputs(this, settings, entrance, storage, streams, alarms);
        plans.ifPresent(outputs::plans);
        lake.ifPresent(outputs::lake);
        bulk.ifPresent(outputs::bulk);
        batch.ifPresent(outputs::batch);
        if (settings.get(StackOptions.SITE)) {
            Bucket bucket = storage.siteBucket();
            SitePages pages = new SitePages(this, settings, packages.site(), bucket, entrance);
            outputs.site(pages, bucket);
            settings.find(StackOptions.DOMAIN)
                    .ifPresent(_ -> outputs.domain(pages.distribution.getDistributionDomainName()));
        }
        if (settings.get(StackOptions.STAGE) == Stage.PROD
                && settings.find(StackOptions.PLACEMENTS).isEmpty()) {
            Annotations.of(this)
                    .addWarningV2(
                            "freshet:noPlacements",
                            "Anybody with a publishable key can name placements until those of the site are summed as (others): deploy with -c placements=NAME,NAME.");
        }
        domain.ifPresent(of -> outputs.domain(of.target));
        if (settings.get(StackOptions.OPERATORS)) {
            outputs.operators(new Operators(this, baseline, storage));
        }
        outputs.audience(settings.get(StackOptions.AUDIENCE));
        signed.ifPresent(
                variant -> callers.ifPresent(policies -> outputs.signed(variant, policies)));
    }

    private static StackProps properties(StackSettings settings) {
        String stage = settings.text(StackOptions.STAGE);
        return StackProps.builder()
                .stackName(settings.get(StackOptions.STACK_NAME))
                .description("Freshet: a real-time recommender")
                // Indented, the largest would take most of the megabyte that CloudFormation allows.
                .suppressTemplateIndentation(true)
                .terminationProtection(settings.get(StackOptions.PROTECTION))
                .tags(new TreeMap<>(Map.of("application", "freshet", "stage", stage)))
                .synthesizer(
                        DefaultStackSynthesizer.Builder.create()
                                .generateBootstrapVersionRule(false)
                                .build())
                .build();
    }

    /**
     * Sets the logical id of the construct's default resource. CloudFormation replaces a resource
     * whose logical id changes, so the id of a resource with state must not depend on the position
     * of its construct in the tree.
     */
    static void pin(IConstruct construct, String logicalId) {
        resource(construct, CfnElement.class).overrideLogicalId(logicalId);
    }

    /**
     * Returns the construct's default resource.
     *
     * @throws NullPointerException if it has none
     * @throws ClassCastException if it is of another type
     */
    static <T> T resource(IConstruct construct, Class<T> type) {
        Node node = construct.getNode();
        return type.cast(
                Objects.requireNonNull(
                        node.getDefaultChild(), () -> node.getPath() + " has no default resource"));
    }
}
