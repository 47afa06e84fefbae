package dev.freshet.aws.option;

import static dev.freshet.aws.option.OptionType.choice;
import static dev.freshet.aws.option.OptionType.days;
import static dev.freshet.aws.option.OptionType.emailAddress;
import static dev.freshet.aws.option.OptionType.flag;
import static dev.freshet.aws.option.OptionType.jsonObject;
import static dev.freshet.aws.option.OptionType.names;
import static dev.freshet.aws.option.OptionType.number;
import static dev.freshet.aws.option.OptionType.oneOf;
import static dev.freshet.aws.option.OptionType.reasonTexts;
import static dev.freshet.aws.option.OptionType.temperatures;
import static dev.freshet.aws.option.OptionType.text;
import static dev.freshet.aws.option.OptionType.time;
import static dev.freshet.aws.option.OptionType.userAttributes;
import static dev.freshet.aws.option.StackFunction.AUTHORIZE;
import static dev.freshet.aws.option.StackFunction.CATALOG;
import static dev.freshet.aws.option.StackFunction.COLLECT;
import static dev.freshet.aws.option.StackFunction.COMPACT;
import static dev.freshet.aws.option.StackFunction.FEATURES;
import static dev.freshet.aws.option.StackFunction.PRIVACY;
import static dev.freshet.aws.option.StackFunction.PROFILE;
import static dev.freshet.aws.option.StackFunction.RECOMMEND;
import static dev.freshet.aws.option.StackFunction.RETAIN;
import static dev.freshet.aws.option.StackFunction.SCALE;
import static dev.freshet.aws.option.StackFunction.TRAIN;

import dev.freshet.aws.option.OptionValues.AlarmChoice;
import dev.freshet.aws.option.OptionValues.BatchRuns;
import dev.freshet.aws.option.OptionValues.ConsumerChoice;
import dev.freshet.aws.option.OptionValues.DeploymentChoice;
import dev.freshet.aws.option.OptionValues.EmbedderChoice;
import dev.freshet.aws.option.OptionValues.EntranceChoice;
import dev.freshet.aws.option.OptionValues.OwnKey;
import dev.freshet.aws.option.OptionValues.Stage;
import dev.freshet.aws.option.OptionValues.StreamRetention;
import dev.freshet.candidate.CandidateFilter.FrequencyCap;
import dev.freshet.catalog.Attributes.PublicAttributes;
import dev.freshet.catalog.CatalogueMode;
import dev.freshet.event.EventType;
import dev.freshet.example.Example;
import dev.freshet.features.KeptProperties;
import dev.freshet.ingest.Submission;
import dev.freshet.model.settings.ModelSettings;
import dev.freshet.privacy.LakeErasures.LakePurge;
import dev.freshet.profile.AttributeRules;
import dev.freshet.ranking.Strategy;
import dev.freshet.ranking.Temperatures;
import dev.freshet.recommend.AllowedPlacements;
import dev.freshet.store.RetentionPolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Every option of a stack, in the order in which {@code freshet options} prints them. To add an
 * option, define it here, with what a change of it costs a stack that is deployed, and read it
 * where it is needed: in {@code infra} from {@link StackSettings}, in functions from {@link
 * dev.freshet.aws.Settings}.
 */
public final class StackOptions {
    private static final List<StackOption<?>> ALL = new ArrayList<>();

    private static final String READERS =
            "The readers of both streams are replaced, and lists learn nothing new until the new ones have caught up. Records that are read twice count once.";

    private static final String FEWER_DAYS = "What is older is deleted.";

    private static final String EXPIRY =
            " Existing rows keep the expiry that they were written with.";

    public static final StackOption<Stage> STAGE =
            option("stage", choice(Stage.class), Stage.DEV)
                    .passedTo("FRESHET_STAGE", StackFunction.values())
                    .costs(
                            "The API gets another address. Protection, key, logs, and what stays when the stack is destroyed follow the stage unless their options are given.")
                    .means(
                            "The purpose of the stack. `dev` is for trying things: nothing is"
                                    + " protected, and everything is deleted with the stack. `prod`"
                                    + " serves users: state is protected and remains when the stack"
                                    + " is destroyed. The stage is also the last part of the API's"
                                    + " address.");

    public static final StackOption<String> MODEL_ID =
            option(
                            "modelId",
                            text("[A-Za-z0-9._-]", 64, "letters, digits, '.', '_' or '-'"),
                            "main")
                    .passedTo("FRESHET_MODEL_ID", StackFunction.values())
                    .loses(
                            "The new name begins an empty model, and lists know nothing of what was learned under the former one; `replay` learns again what the streams still keep.")
                    .means("The name of the model in tables, buckets and metrics.");

    public static final StackOption<String> STACK_NAME =
            option(
                            "stackName",
                            text(
                                    "[A-Za-z][A-Za-z0-9-]{0,127}",
                                    "a letter, then up to 127 letters, digits or '-'",
                                    "s",
                                    "s".repeat(128)))
                    .byDefault(values -> "freshet-" + values.text(STAGE), "`freshet-STAGE`")
                    .passedTo("FRESHET_STACK", StackFunction.values())
                    .costs(
                            "Another stack is made. This one remains with its data, and goes on costing.")
                    .means(
                            "The name of the CloudFormation stack. A stack of another name is"
                                    + " another tenant, with metrics and alarms of its own.");

    public static final StackOption<Integer> EVENT_SHARDS =
            option("eventShards", number(1, 500), 1)
                    .passedTo("FRESHET_EVENT_SHARDS", SCALE)
                    .means(
                            "Shards of the stream `events`. Each takes 1,000 events or 1 MB a"
                                    + " second.");

    public static final StackOption<Integer> EVENT_SHARDS_MAX =
            option("eventShardsMax", number(0, 500), 0)
                    .passedTo("FRESHET_EVENT_SHARDS_MAX", SCALE)
                    .means(
                            "The most shards that the stack gives the stream `events` by itself:"
                                    + " twice as many when they fill up, half as many, down to"
                                    + " `eventShards`, after six quiet hours"
                                    + " ([Growth](deploy.md#scale), about $1 a month). 0 leaves"
                                    + " their number alone.");

    public static final StackOption<Integer> NEWEST_COPIES =
            option("newestCopies", number(1, 16), 1)
                    .passedTo("FRESHET_NEWEST_COPIES", RECOMMEND, TRAIN)
                    .means(
                            "Copies of the row that names the newest version of the model: one for"
                                    + " each 450 busy instances of *recommend*"
                                    + " ([Growth](deploy.md#scale)). Each costs a write a version.");

    public static final StackOption<Boolean> FAN_OUT =
            option("fanOut", flag(), false)
                    .costs(READERS)
                    .means(
                            "Enhanced fan-out: Kinesis pushes records to the functions in about 70"
                                    + " ms instead of 200 ms and more ($0.015 an hour for each"
                                    + " shard of either stream and $0.013 a GB, in us-east-1). Not"
                                    + " with `consumer=worker`.");

    public static final StackOption<Instant> READ_FROM =
            option("readFrom", time())
                    .costs(
                            "Only beside a change of `fanOut` or `consumer`: Lambda refuses a second mapping of the same reader.")
                    .means(
                            "The time from which a new reader of the streams begins, where `fanOut`"
                                    + " or `consumer` is changed, as `./freshet read-from` prints it"
                                    + " ([Change of readers](deploy.md#change-of-readers)). Without"
                                    + " it a new reader begins at the oldest record. Keep it as it"
                                    + " is until the next such change.");

    public static final StackOption<StreamRetention> STREAM_RETENTION =
            option("streamRetention", choice(StreamRetention.class), StreamRetention.DAY)
                    .passedTo("FRESHET_STREAM_RETENTION", RETAIN)
                    .costs(
                            StreamRetention.DAY,
                            "Once none waits, records older than a day expire, and `replay` sees a day of history.")
                    .means(
                            "How long the streams keep their records: a `day`, which costs nothing"
                                    + " and is lengthened to a week as soon as records wait, or"
                                    + " always a `week` ($0.02 an hour for each shard of either"
                                    + " stream, in us-east-1). A week lets `replay` rebuild the"
                                    + " model from more history. Within an hour of a change"
                                    + " *retain* follows it, and back to a day only after a day in"
                                    + " which no record waited.");

    public static final StackOption<EntranceChoice> ENTRANCE =
            option("entrance", choice(EntranceChoice.class), EntranceChoice.REST)
                    .loses(
                            "The API gets another address and the former one is gone for good: pages, servers and apps that call it fail until they know the new one.")
                    .means(
                            "What receives requests: an API Gateway `rest` API ($3.50 a million"
                                    + " requests, in us-east-1), or an `http` API ($1 a million)"
                                    + " for sites whose bill the former would dominate ([API"
                                    + " type](deploy.md#api-type)).");

    public static final StackOption<String> DOMAIN =
            option(
                            "domain",
                            text(
                                    "(?=.{4,253})([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?[.])+[a-z]{2,}",
                                    "a name of a host such as api.example.org",
                                    "a.io",
                                    "a23456789.".repeat(25) + "io"))
                    .costs(
                            "Pages, servers and apps that know the former name have to know the next.")
                    .means(
                            "The [domain](deploy.md#domain) of the API; with `site=true` of the"
                                    + " pages, with the API behind them.");

    public static final StackOption<String> CERTIFICATE_ARN =
            option(
                            "certificateArn",
                            text(
                                    "arn:[a-z-]+:acm:[a-z0-9-]+:[0-9]{12}:certificate/[0-9a-f-]{36}",
                                    "the ARN of a certificate of ACM",
                                    certificate("arn:aws:acm:us-east-1:"),
                                    certificate("arn:aws-us-gov:acm:us-gov-west-1:")))
                    .means(
                            "The certificate of `domain`, in the region of the stack, and in"
                                    + " us-east-1 where `site=true`.");

    public static final StackOption<Boolean> API_LOG_ROLE =
            option("apiLogRole", flag(), true)
                    .means(
                            "Whether the stack sets the account's role by which API Gateway writes"
                                    + " logs; without one a REST API cannot be deployed.");

    public static final StackOption<DeploymentChoice> DEPLOYMENT =
            option("deployment", choice(DeploymentChoice.class), DeploymentChoice.ONCE)
                    .means(
                            "How requests come to the new code of a deployment: all at `once`, or by"
                                    + " a `canary`, for which CodeDeploy sends a tenth of them for"
                                    + " five minutes and goes back when `ApiFailing` or"
                                    + " `AnswersDegraded` sounds ([Upgrade](deploy.md#upgrade-and-go-back))."
                                    + " Not with `entrance=http`.");

    public static final StackOption<Integer> REQUEST_RATE =
            option("requestRate", rate(), 1_000)
                    .means("Requests a second that the API takes in all.");

    public static final StackOption<Integer> REQUEST_BURST =
            option("requestBurst", burst(), 2_000).means("Requests that the API takes at once.");

    public static final StackOption<Integer> PUBLISHABLE_RATE =
            option("publishableRate", rate(), 500)
                    .means("Requests a second of each publishable key.");

    public static final StackOption<Integer> PUBLISHABLE_BURST =
            option("publishableBurst", burst(), 1_000)
                    .means("Requests at once of each publishable key.");

    public static final StackOption<Integer> SECRET_RATE =
            option("secretRate", rate())
                    .byDefault(values -> values.get(REQUEST_RATE), "the value of `requestRate`")
                    .means(
                            "Requests a second of each secret key, and of all users whose tokens"
                                    + " one key verifies.");

    public static final StackOption<Integer> SECRET_BURST =
            option("secretBurst", burst())
                    .byDefault(values -> values.get(REQUEST_BURST), "the value of `requestBurst`")
                    .means(
                            "Requests at once of each secret key, and of all users whose tokens one"
                                    + " key verifies.");

    public static final StackOption<Integer> ACCESS_CACHE_SECONDS =
            option("accessCacheSeconds", number(0, 3_600), 60)
                    .means(
                            "Seconds for which API Gateway caches the authorizer's answer. A"
                                    + " revoked key works for that long.");

    public static final StackOption<String> AUDIENCE =
            option(
                            "audience",
                            text(
                                    "[A-Za-z0-9:/._-]",
                                    128,
                                    "letters, digits, ':', '/', '.', '_' or '-'"))
                    .byDefault(values -> "freshet-" + values.text(STAGE), "`freshet-STAGE`")
                    .passedTo("FRESHET_AUDIENCE", AUTHORIZE)
                    .costs("User tokens that name the former audience are refused.")
                    .means("The `aud` that user tokens must have.");

    public static final StackOption<String> ANONYMOUS_PREFIX =
            option(
                            "anonymousPrefix",
                            text("[A-Za-z0-9_.:-]", 32, "letters, digits, '-', '_', '.' or ':'"),
                            "anon-")
                    .passedTo(
                            "FRESHET_ANONYMOUS_PREFIX",
                            COLLECT,
                            RECOMMEND,
                            PROFILE,
                            PRIVACY,
                            FEATURES)
                    .costs(
                            "Browsers keep ids with the former prefix, which are refused as anonymous ids.")
                    .means(
                            "The prefix of the ids of anonymous users, which the id of no other"
                                    + " user may have.");

    public static final StackOption<Integer> ANONYMOUS_IDS_PER_REQUEST =
            option("anonymousIdsPerRequest", number(1, Submission.MAX_EVENTS), 2)
                    .passedIfGivenTo("FRESHET_ANONYMOUS_IDS_PER_REQUEST", COLLECT)
                    .means(
                            "Anonymous users that one request with a publishable key or a user"
                                    + " token may report events of. A browser has one, and two"
                                    + " after a change; a server uses a secret key.");

    public static final StackOption<Boolean> PUBLISHABLE_AMOUNTS =
            option("publishableAmounts", flag(), false)
                    .passedIfGivenTo("FRESHET_PUBLISHABLE_AMOUNTS", COLLECT)
                    .means(
                            "Whether the amount of a purchase or cart counts as"
                                    + " [revenue](experiments.md#outcomes) where a page tells it"
                                    + " with a publishable key, which anybody can copy. Without it"
                                    + " such an event counts and its amount does not: amounts come"
                                    + " from secret keys, or from user tokens for their own user.");

    public static final StackOption<Integer> ANONYMOUS_WAIT_SECONDS =
            option("anonymousWaitSeconds", number(0, Example.Standing.MAX_WAIT), 60)
                    .passedIfGivenTo("FRESHET_ANONYMOUS_WAIT_SECONDS", FEATURES, RECOMMEND)
                    .means(
                            "Seconds from the receipt of the first event of an anonymous user until"
                                    + " what the user does counts for others: with the first event"
                                    + " after that time all earlier ones count too. Lists that the"
                                    + " user asks for until then are in no experiment and no"
                                    + " outcome. Ratings and likes count after three days, or once the"
                                    + " user signs in. The user's own lists follow at once. 0:"
                                    + " everybody and everything counts at once.");

    public static final StackOption<Boolean> EXPERIMENTS_SIGNED_IN_ONLY =
            option("experimentsSignedInOnly", flag(), false)
                    .passedIfGivenTo("FRESHET_EXPERIMENTS_SIGNED_IN_ONLY", RECOMMEND)
                    .means(
                            "Only users whose ids a user token or a secret key vouches for are in"
                                    + " [experiments](experiments.md#what-an-experiment-is), and no"
                                    + " anonymous ones, whom anybody can invent.");

    public static final StackOption<Integer> CLICK_WINDOW_HOURS =
            option("clickWindowHours", number(1, 168), 24)
                    .passedIfGivenTo("FRESHET_CLICK_WINDOW_HOURS", FEATURES, RECOMMEND)
                    .means(
                            "Hours from the issue of a list within which a click on it counts in"
                                    + " [rates](experiments.md#outcomes). Later clicks are counted"
                                    + " apart.");

    public static final StackOption<String> CONVERSION_TYPES =
            option(
                            "conversionTypes",
                            text(
                                    "[a-z0-9_,-]{1,1000}",
                                    "types of events other than impression and click, separated by commas",
                                    "like",
                                    "purchase,submit,share,like,bookmark,comment,follow,rating"),
                            "purchase,submit")
                    .passedIfGivenTo("FRESHET_CONVERSION_TYPES", FEATURES, RECOMMEND)
                    .means(
                            "The types of events that count as"
                                    + " [conversions](experiments.md#outcomes).");

    public static final StackOption<Integer> VIEW_THROUGH_HOURS =
            option("viewThroughHours", number(0, 168), 0)
                    .passedIfGivenTo("FRESHET_VIEW_THROUGH_HOURS", FEATURES, RECOMMEND)
                    .means(
                            "Hours for which a conversion without a click is attributed to the last"
                                    + " list that showed its item. 0: only lists from which the"
                                    + " item was clicked get the credit.");

    public static final StackOption<Boolean> CLOUDFRONT_COUNTRY =
            option("cloudFrontCountry", flag(), false)
                    .passedTo("FRESHET_CLOUDFRONT_COUNTRY", COLLECT, RECOMMEND)
                    .means(
                            "Whether the country and region of requests that name none are taken"
                                    + " from CloudFront's headers `CloudFront-Viewer-Country` and"
                                    + " `CloudFront-Viewer-Country-Region`. For an API behind a"
                                    + " CloudFront distribution that adds them: without one,"
                                    + " callers would choose their country by a header of their"
                                    + " own.");

    public static final StackOption<Boolean> SITE =
            option("site", flag(), false)
                    .loses(
                            false,
                            "The pages lose their address: another distribution gets another one.")
                    .means(
                            "The [dashboard](dashboard.md) and the reference of the API, with the"
                                    + " API under the same host: a CloudFront distribution and a"
                                    + " private bucket, which `./freshet site put` fills.");

    public static final StackOption<Boolean> SIGNED_API =
            option("signedApi", flag(), false)
                    .loses(
                            false,
                            "Callers inside AWS lose their address: another API gets another one.")
                    .means(
                            "A second API for callers inside AWS, who sign their requests with IAM"
                                    + " credentials.");

    public static final StackOption<Boolean> WAF =
            option("waf", flag(), false)
                    .means(
                            "A web ACL in front of each API: AWS's common rules, known bad inputs,"
                                    + " and a rate for each address ($5 a month, $1 a rule and"
                                    + " $0.60 a million requests, in us-east-1).");

    public static final StackOption<Integer> WAF_RATE =
            option("wafRate", number(100, 2_000_000_000), 20_000)
                    .means(
                            "Requests that one address may send in five minutes. The servers of a"
                                    + " site send from few addresses, so raise it for them.");

    public static final StackOption<EmbedderChoice> EMBEDDER =
            option("embedder", choice(EmbedderChoice.class), EmbedderChoice.MINILM)
                    .passedTo("FRESHET_EMBEDDER", CATALOG)
                    .costs("Vectors of two embedders cannot be compared: put all items again.")
                    .means(
                            "What turns the titles and texts of items into vectors: `minilm` within"
                                    + " the function of the catalogue, `bedrock` (Titan Text"
                                    + " Embeddings V2), `multimodal` (Titan Multimodal Embeddings"
                                    + " G1, which also reads the images that `imageUrl` names), or"
                                    + " nothing. Accounts have access to both models on Bedrock"
                                    + " unless an administrator took it away.");

    public static final StackOption<String> EVENT_TYPES =
            option(
                            "eventTypes",
                            jsonObject(
                                    "a JSON object of up to 16 definitions",
                                    IntStream.rangeClosed(1, EventType.OWN_SLOTS)
                                            .mapToObj(
                                                    slot ->
                                                            "\"t%s%02d\":{\"slot\":%d,\"strength\":3}"
                                                                    .formatted(
                                                                            "y".repeat(29),
                                                                            slot,
                                                                            slot))
                                            .collect(Collectors.joining(",", "{", "}"))))
                    .passedIfGivenTo(
                            "FRESHET_EVENT_TYPES",
                            COLLECT,
                            FEATURES,
                            TRAIN,
                            RECOMMEND,
                            PRIVACY,
                            StackFunction.LAKE)
                    .costs(
                            "Events of a type that is left out are refused, and its slot must not be given to another while rows with it are kept.")
                    .means("[Event types of your own](events.md#types-of-your-own), by name.");

    public static final StackOption<String> EVENT_PROPERTIES =
            option(
                            "eventProperties",
                            names(KeptProperties::areNames, KeptProperties.MOST, "a,b,c,d,e,f,g,h"))
                    .passedIfGivenTo("FRESHET_EVENT_PROPERTIES", FEATURES)
                    .means(
                            "The [properties of events](events.md#properties-in-rows) that are kept"
                                    + " in rows. All others are on the stream only.");

    public static final StackOption<String> STRENGTHS =
            option("strengths", jsonObject("a JSON object", "{\"like\":3,\"purchase\":9.5}"))
                    .passedIfGivenTo("FRESHET_STRENGTHS", COLLECT, FEATURES, StackFunction.LAKE)
                    .means("Overrides of the [strengths](events.md#types) of events.");

    public static final StackOption<String> OBJECTIVE =
            option(
                            "objective",
                            text(
                                    "[a-z0-9_-]+=[0-9.]+(,[a-z0-9_-]+=[0-9.]+){0,80}",
                                    "event types with a weight of 0 to 100 each, like purchase=5,cart=2",
                                    "purchase=5",
                                    "purchase=100,cart=2.5,view=0.05,click=0"))
                    .passedIfGivenTo("FRESHET_OBJECTIVE", TRAIN, RECOMMEND)
                    .means(
                            "What an interaction of a type [weighs](model.md#objective) when the"
                                    + " blend learns from it; types that are not named weigh 1. A"
                                    + " change holds for what is learned from then on.");

    public static final StackOption<String> BLEND =
            option(
                            "blend",
                            oneOf(List.of(Strategy.NAMES.split(", ", -1)), Function.identity()),
                            Strategy.USUAL)
                    .passedIfGivenTo("FRESHET_BLEND", RECOMMEND)
                    .means(
                            "How the signals of the sources become one score: by learned weights"
                                    + " (`stacking`), by measured performance (`weighted`), or by"
                                    + " the best source alone (`switching`).");

    public static final StackOption<String> PLACEMENTS =
            option(
                            "placements",
                            names(
                                    AllowedPlacements::areNames,
                                    AllowedPlacements.MOST,
                                    String.join(",", Collections.nCopies(32, "p".repeat(30)))))
                    .passedIfGivenTo("FRESHET_PLACEMENTS", RECOMMEND)
                    .means(
                            "The placements whose lists are counted apart in"
                                    + " [outcomes](experiments.md#outcomes), separated by commas;"
                                    + " lists of others are summed as `(others)`. Anybody with a"
                                    + " publishable key can name any placement, and a day has room"
                                    + " for 64. Without it every placement is counted, up to that"
                                    + " number.");

    public static final StackOption<String> PUBLIC_ATTRIBUTES =
            option(
                            "publicAttributes",
                            names(
                                    PublicAttributes::areNames,
                                    PublicAttributes.MOST,
                                    String.join(",", Collections.nCopies(31, "p".repeat(15)))),
                            "imageUrl,url,price")
                    .passedIfGivenTo("FRESHET_PUBLIC_ATTRIBUTES", RECOMMEND)
                    .means(
                            "The attributes of items that pages and users may ask for in `fields`"
                                    + " ([API](api.md#fields-of-items)), separated by commas."
                                    + " Secret keys read all.");

    public static final StackOption<String> REASON_TEXTS =
            option("reasonTexts", reasonTexts())
                    .passedIfGivenTo("FRESHET_REASON_TEXTS", RECOMMEND)
                    .means(
                            "Own [texts of reasons](api.md#languages-of-reasons) in place of ours,"
                                    + " such as `{\"trending\":\"Hot right now\"}`; `de.trending`"
                                    + " changes German alone.");

    public static final StackOption<List<String>> COHORT_ATTRIBUTES =
            option("cohortAttributes", userAttributes())
                    .passedIfGivenTo("FRESHET_COHORT_ATTRIBUTES", FEATURES, RECOMMEND)
                    .means(
                            "The attributes of users by which people are alike, separated by"
                                    + " commas: users with few interactions get what others with"
                                    + " the same value take ([Cohorts](model.md#cohorts)). The"
                                    + " model keeps a hash of each value under the pseudonym of its"
                                    + " user. Only attributes with few values are of use, such as a"
                                    + " range of ages rather than an age.");

    public static final StackOption<List<String>> INTEREST_ATTRIBUTES =
            option("interestAttributes", userAttributes(), AttributeRules.DEFAULT.interests())
                    .passedIfGivenTo("FRESHET_INTEREST_ATTRIBUTES", RECOMMEND)
                    .means(
                            "The attributes by which users say what they like, separated by commas:"
                                    + " an item is liked that has one of their values among its"
                                    + " tags, or as its attribute of the same name"
                                    + " ([Interests](model.md#interests)).");

    public static final StackOption<Integer> FREQUENCY_CAP =
            option("frequencyCap", number(0, FrequencyCap.MAX_SHOWS), FrequencyCap.DEFAULT.shows())
                    .passedIfGivenTo("FRESHET_FREQUENCY_CAP", RECOMMEND)
                    .means(
                            "How many times an item is shown to a user who does not interact with"
                                    + " it before it rests; one more counts for each five minutes"
                                    + " since the first. It is shown nevertheless where a list"
                                    + " would be too short without. 0 is off.");

    public static final StackOption<Integer> FREQUENCY_CAP_HOURS =
            option(
                            "frequencyCapHours",
                            number(1, (int) FrequencyCap.LONGEST_REST.toHours()),
                            (int) FrequencyCap.DEFAULT.rest().toHours())
                    .passedIfGivenTo("FRESHET_FREQUENCY_CAP_HOURS", RECOMMEND)
                    .means(
                            "Hours for which an item rests under `frequencyCap`, from when it was"
                                    + " last shown. Then it is shown once, and rests again.");

    public static final StackOption<Temperatures> EXPLORATION =
            option("exploration", temperatures(), Temperatures.NONE)
                    .passedIfGivenTo("FRESHET_EXPLORATION", RECOMMEND)
                    .means(
                            "How far lists depart by chance from the best one, so that the log of"
                                    + " lists can say what others would have earned"
                                    + " ([Exploration](experiments.md#exploration)): the"
                                    + " temperature of the draws, in hundredths of the spread of"
                                    + " the scores. `15` holds for every placement,"
                                    + " `home=15,article=5` for two of them alone, and `5,home=15`"
                                    + " says both. 0 is off. In a simulation 15 kept 0.987 of the"
                                    + " value of the best lists.");

    public static final StackOption<Boolean> SNAP_START =
            option("snapStart", flag(), true)
                    .means(
                            "Whether the functions that recommend and that check credentials start"
                                    + " from a snapshot (Lambda SnapStart). Without it their first"
                                    + " requests take seconds. Set `false` in a region that has no"
                                    + " SnapStart, where the deployment would fail.");

    public static final StackOption<CatalogueMode> CATALOGUE =
            option("catalogue", choice(CatalogueMode.class), CatalogueMode.CLOSED)
                    .passedTo("FRESHET_CATALOGUE", RECOMMEND, TRAIN)
                    .loses(
                            "To `open`: ids that any visitor names are learned and shown, and stay in the model. To `closed`: what was learned of items outside of the catalogue is shown no more, and new events of them are not learned.")
                    .means(
                            "Whether an item has to be in the catalogue. `closed`: no other item is"
                                    + " learned or shown; up to 10,000 events wait for items that"
                                    + " are put later. `open`, for sites without a catalogue: every"
                                    + " id that an event names is an item, so any visitor can have"
                                    + " a text of up to 128 characters shown to others.");

    public static final StackOption<Integer> K_ANONYMITY =
            option(
                            "kAnonymity",
                            number(1, ModelSettings.MAX_K_ANONYMITY),
                            ModelSettings.USUAL_K_ANONYMITY)
                    .passedIfGivenTo("FRESHET_K_ANONYMITY", TRAIN, RECOMMEND)
                    .losesWithLess(
                            "What fewer people did becomes visible to others, also of the past.")
                    .means(
                            "The number of different people from which on what they did is visible"
                                    + " to others: in the counts of an item, of an item in a"
                                    + " country or on a device, and in pairs of items"
                                    + " ([Privacy](privacy.md#what-others-can-see)). 1 hides"
                                    + " nothing.");

    public static final StackOption<ConsumerChoice> CONSUMER =
            option("consumer", choice(ConsumerChoice.class), ConsumerChoice.FUNCTIONS)
                    .costs(READERS)
                    .means(
                            "What reads the streams: the `functions`, by Lambda, or the [always-on"
                                    + " worker](operate.md#the-worker) on Fargate. The image of the"
                                    + " worker is built with Docker where you deploy.");

    public static final StackOption<Integer> WORKERS =
            option("workers", number(1, 100), 1)
                    .means(
                            "Tasks of the worker, which share the shards; used with"
                                    + " `consumer=worker`.");

    public static final StackOption<String> ALARM_EMAIL =
            option("alarmEmail", emailAddress())
                    .means(
                            "The address that alarms are sent to. AWS first asks that address to"
                                    + " confirm, and sends nothing until then. A `prod` stack without one is synthesized with a"
                                    + " warning.");

    public static final StackOption<AlarmChoice> ALARMS =
            option("alarms", choice(AlarmChoice.class), AlarmChoice.ESSENTIAL)
                    .means(
                            "Which [alarms](operate.md#alarms) the stack has: the `essential` ones,"
                                    + " or `all`, which say sooner where a fault is ($0.10 a month"
                                    + " each).");

    public static final StackOption<Integer> BUDGET =
            option("budget", number(1, 10_000_000))
                    .means(
                            "Dollars a month that the whole account may cost: AWS Budgets tells the"
                                    + " topic of alarms at 80 %, and where more is forecast.");

    public static final StackOption<Boolean> CANARY =
            option("canary", flag(), false)
                    .means(
                            "Whether a function asks the API for a list every five minutes, with a"
                                    + " key that you put into the secret `CanaryKey`"
                                    + " ([Alarms](operate.md#alarms), about $0.85 a month).");

    public static final StackOption<Integer> API_CONCURRENCY =
            option("apiConcurrency", number(1, 10_000))
                    .means(
                            "The most instances of *recommend*, and of *collect*: requests beyond"
                                    + " fail. *features* and *train* then have what all shards need"
                                    + " reserved. Lambda must have 100 left for other functions.");

    public static final StackOption<Boolean> OPERATORS =
            option("operators", flag(), false)
                    .means(
                            "Whether the stack has IAM policies for people: to see alarms, metrics"
                                    + " and logs, and to act on [alarms](operate.md#alarms).");

    public static final StackOption<Integer> FRESHNESS_ALARM_MS =
            option("freshnessAlarmMs", number(50, 3_600_000))
                    .byDefault(
                            values -> values.get(FAN_OUT) ? 200 : 2_000,
                            "`2000`, and `200` with `fanOut`")
                    .means(
                            "Milliseconds from the receipt of an event to its row within which 99"
                                    + " of 100 events are expected: the alarm `FreshnessSlow`"
                                    + " sounds when three periods of five minutes in a row are"
                                    + " slower. A period counts with 1,000 events or more: below 3.3"
                                    + " events a second the alarm is never evaluated.");

    public static final StackOption<Integer> INTERACTIONS_DAYS =
            retention("interactionsDays", RetentionPolicy.Kind.INTERACTIONS)
                    .means("Days that interactions are kept after their receipt." + EXPIRY);

    public static final StackOption<Integer> EXPOSURES_DAYS =
            retention("exposuresDays", RetentionPolicy.Kind.EXPOSURES)
                    .means(
                            "Days that lists shown, and what became of them, are kept after their"
                                    + " receipt."
                                    + EXPIRY);

    public static final StackOption<Integer> OUTCOMES_DAYS =
            retention("outcomesDays", RetentionPolicy.Kind.OUTCOMES)
                    .means("Days that the sums of outcomes of a closed day are kept." + EXPIRY);

    public static final StackOption<Integer> USERS_DAYS =
            retention("usersDays", RetentionPolicy.Kind.USERS)
                    .means("Days that a profile is kept after it was last written." + EXPIRY);

    public static final StackOption<Integer> TRENDS_DAYS =
            retention("trendsDays", RetentionPolicy.Kind.TRENDS)
                    .means("Days that the trends of a closed window are kept." + EXPIRY);

    public static final StackOption<Integer> ITEMS_DAYS =
            retention("itemsDays", RetentionPolicy.Kind.ITEMS)
                    .means(
                            "Days that an item is kept after the last moment at which it is"
                                    + " available."
                                    + EXPIRY);

    public static final StackOption<Integer> MODEL_DAYS =
            retention("modelDays", RetentionPolicy.Kind.MODEL)
                    .means(
                            "Days that rows and objects of the model log are kept after a snapshot"
                                    + " replaced them. More than the streams keep records, which"
                                    + " may refer to them.");

    public static final StackOption<Integer> QUARANTINE_DAYS =
            retention("quarantineDays", RetentionPolicy.Kind.QUARANTINE)
                    .byDefault(RetentionPolicy.Kind.QUARANTINE.days(), 90)
                    .losesWithLess(FEWER_DAYS)
                    .means("Days that a quarantined record is kept; it holds what a user did.");

    public static final StackOption<Boolean> LAKE =
            option("lake", flag(), false)
                    .loses(
                            false,
                            "Events from then on are in no lake, and no erasure reaches its rows any more. In dev the bucket must be emptied and goes; in prod bucket and database stay, and the database has to be deleted before `lake=true` again.")
                    .means(
                            "Whether the stack keeps a [lake](lake.md): every accepted event as"
                                    + " rows of Iceberg tables, which Athena queries. It costs some"
                                    + " cents a month while nothing comes.");

    public static final StackOption<Integer> LAKE_DAYS =
            option("lakeDays", days(30, 3_650), 400)
                    .losesWithLess(FEWER_DAYS)
                    .means(
                            "Days that the lake keeps interactions and lists shown, by the day on"
                                    + " which they happened.");

    public static final StackOption<LakePurge> LAKE_PURGE =
            option("lakePurge", choice(LakePurge.class), LakePurge.WEEKLY)
                    .passedIfGivenTo("FRESHET_LAKE_PURGE", PRIVACY)
                    .means(
                            "How often files of the lake that hold rows of erased users are"
                                    + " rewritten. `weekly`: nothing of a user remains "
                                    + LakePurge.WEEKLY.days()
                                    + " days after an erasure; `daily`: "
                                    + LakePurge.DAILY.days()
                                    + ". Each time Athena reads the files that erasures touched ($5"
                                    + " a TB, in us-east-1).");

    public static final StackOption<String> LAKE_PROPERTIES =
            option(
                            "lakeProperties",
                            names(KeptProperties::areNames, KeptProperties.MOST, "a,b,c,d,e,f,g,h"))
                    .passedIfGivenTo("FRESHET_LAKE_PROPERTIES", StackFunction.LAKE)
                    .means(
                            "The properties of events that are kept in the lake. All others, page"
                                    + " and referrer are on the stream only.");

    public static final StackOption<Integer> LAKE_SCAN_GB =
            option("lakeScanGb", number(1, 100_000), 100)
                    .means(
                            "GB that one query of the lake may read before Athena stops it ($5 a"
                                    + " TB, in us-east-1).");

    public static final StackOption<Boolean> BULK =
            option("bulk", flag(), false)
                    .costs(
                            false,
                            "Runs under way end. No rule deletes what lies below `bulk/` any more: delete it by hand.")
                    .means(
                            "Whether the stack makes [lists in bulk](bulk.md), as for a mail, by a"
                                    + " function and a state machine that `./freshet bulk` starts."
                                    + " It costs nothing while nothing runs, and about $1 a million"
                                    + " lists.");

    public static final StackOption<Boolean> BATCH =
            option("batch", flag(), false)
                    .means(
                            "Whether the stack runs [batch jobs](lake.md#batch-jobs) over its lake,"
                                    + " on EMR Serverless, and brings their results to the model."
                                    + " Needs `lake=true`, and the jar of the jobs. It costs a few"
                                    + " cents a month while nothing runs.");

    public static final StackOption<BatchRuns> BATCH_RUNS =
            option("batchRuns", choice(BatchRuns.class), BatchRuns.WEEKLY)
                    .means("How often batch jobs run, after the night of the lake.");

    public static final StackOption<Integer> BATCH_CPUS =
            option("batchCpus", number(8, 1_024), 32)
                    .means(
                            "vCPUs that batch jobs may use at a time, each with 4 GB; four are the"
                                    + " job's own driver. EMR Serverless grants a new account 16:"
                                    + " ask for more, or set fewer. A job is stopped after three"
                                    + " hours.");

    public static final StackOption<Boolean> PSEUDONYMISE_IDS =
            option("pseudonymiseIds", flag(), false)
                    .loses(
                            "Every known user becomes a stranger: ids as sent and ids replaced do not match, so neither lists, exports nor erasures find what was stored under the other form; to `false`, ids are stored as they are sent.")
                    .means(
                            "Whether the ids of users are replaced before anything is stored"
                                    + " ([Privacy](privacy.md#replacing-ids-on-receipt)).");

    public static final StackOption<OwnKey> CUSTOMER_KEY =
            option("customerKey", choice(OwnKey.class))
                    .byDefault(OwnKey.FALSE, OwnKey.TRUE)
                    .loses(
                            OwnKey.FALSE,
                            "Functions lose the right to read what lies under the key: no model loads and both streams stop. `customerKey=retired` keeps the key for reading.")
                    .costs(
                            OwnKey.RETIRED,
                            "What is written from then on lies under keys of AWS. The key stays, for reading, and goes on costing.")
                    .means(
                            "Whether tables, streams, buckets, secrets, logs and the topic of"
                                    + " alarms are encrypted under a KMS key of the stack's own ($1"
                                    + " a month and $0.03 for 10,000 requests, in us-east-1)."
                                    + " `retired`: no more, but what lies under it can be read.");

    public static final StackOption<String> SECRET_ARN =
            secretArn(
                    "secretArn",
                    "",
                    "Unless the secrets are equal: baskets belong to pseudonyms that nobody has any more, so that erasures do not find them, and tokens and import permits made before are refused.");

    public static final StackOption<String> ID_SECRET_ARN =
            secretArn(
                    "idSecretArn",
                    " for ids",
                    "Unless the secrets are equal: every known user becomes a stranger, whom neither exports nor erasures find.");

    public static final StackOption<Boolean> TRACING =
            option("tracing", flag(), false)
                    .means(
                            "Whether X-Ray traces the functions behind the API: one invocation of"
                                    + " each a second, and one in twenty of the rest ($5 a million"
                                    + " traces; Lambda has no lower rate). The log has every"
                                    + " request and its duration without it. Requests at API"
                                    + " Gateway are never traced, because traces of them would hold"
                                    + " addresses of callers and paths with ids.");

    public static final StackOption<Boolean> PROTECTION =
            option("protection", flag())
                    .byDefault(false, true)
                    .loses(
                            false,
                            "The backups of the last 35 days are deleted, and tables and stack can be deleted by mistake.")
                    .passedTo("FRESHET_PROTECTION", COMPACT)
                    .means(
                            "Point-in-time recovery (35 days) and deletion protection of tables,"
                                    + " versions of objects of the model bucket that were deleted"
                                    + " or overwritten by hand (7 days), and termination protection"
                                    + " of the stack ([Recovery](operate.md#recovery)).");

    public static final StackOption<Boolean> OBJECT_LOGS =
            option("objectLogs", flag())
                    .byDefault(false, true)
                    .means("Whether S3 logs every access to an object, in a bucket of its own.");

    public static final StackOption<Integer> LOG_DAYS =
            option("logDays", oneOf(List.of(1, 3, 7, 14, 30, 60, 90, 180, 365), String::valueOf))
                    .byDefault(7, 90)
                    .losesWithLess(FEWER_DAYS)
                    .means("Days that logs are kept.");

    private StackOptions() {}

    /** Returns all options in the order of their definitions. */
    public static List<StackOption<?>> all() {
        return Collections.unmodifiableList(ALL);
    }

    /** Returns the option of a name; empty if there is none. */
    public static Optional<StackOption<?>> named(String name) {
        return ALL.stream().filter(option -> option.name().equals(name)).findFirst();
    }

    /** Begins the definition of an option without a default, which no function receives. */
    private static <T> Definition<T> option(String name, OptionType<T> type) {
        return new Definition<>(name, type);
    }

    /** Begins the definition of an option with a default. */
    private static <T> Definition<T> option(String name, OptionType<T> type, T value) {
        return option(name, type).byDefault(values -> value, "`" + type.write(value) + "`");
    }

    /** Defines the option that names an existing secret. */
    private static StackOption<String> secretArn(String name, String use, String lost) {
        String begin = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:";
        String shape = begin.replace("eu-central-1:123456789012", "[a-z0-9-]+:[0-9]{12}");
        String longest = begin + "s".repeat(400) + "-aB3dE6";
        String regex = shape.replace("aws:s", "aws[a-z-]*:s") + "[\\w/+=.@-]{1,512}-[A-Za-z0-9]{6}";
        return option(name, text(regex, "the whole ARN of a secret", begin + "s-aB3dE6", longest))
                .loses(lost)
                .means(
                        "The secret to use in place of a new one"
                                + use
                                + ": a text of 32 characters or more in the stack's region and"
                                + " account, such as a copy of a lost stack's"
                                + " ([Recovery](operate.md#recovery)).");
    }

    private static Definition<Integer> retention(String name, RetentionPolicy.Kind kind) {
        return option(name, days(kind.least(), kind.most()), kind.days());
    }

    private static String certificate(String beginning) {
        return beginning + "123456789012:certificate/" + "0".repeat(36);
    }

    /** Returns the type of request rates that API Gateway can hold. */
    private static OptionType<Integer> rate() {
        return number(1, 10_000);
    }

    /** Returns the type of request bursts that API Gateway can hold. */
    private static OptionType<Integer> burst() {
        return number(1, 5_000);
    }

    /** The definition of an option, which its meaning completes. */
    private static final class Definition<T> {
        private final String name;
        private final OptionType<T> type;
        private Optional<StackOption.Default<T>> fallback = Optional.empty();
        private Optional<StackOption.Passing> passing = Optional.empty();
        private final List<StackOption.Consequence> consequences = new ArrayList<>();

        Definition(String name, OptionType<T> type) {
            this.name = name;
            this.type = type;
        }

        /** Sets a default for each stage. */
        Definition<T> byDefault(T dev, T prod) {
            return byDefault(
                    values -> values.get(STAGE) == Stage.PROD ? prod : dev,
                    "`%s` in dev, `%s` in prod".formatted(type.write(dev), type.write(prod)));
        }

        /** Sets a default that depends on other options, and its words in Markdown. */
        Definition<T> byDefault(Function<OptionValues, T> value, String words) {
            fallback = Optional.of(new StackOption.Default<>(value, words));
            return this;
        }

        /** Sets an environment variable that these functions receive. */
        Definition<T> passedTo(String variable, StackFunction... functions) {
            passing = Optional.of(new StackOption.Passing(variable, Set.of(functions), false));
            return this;
        }

        /** Sets an environment variable that these functions receive if the option is given. */
        Definition<T> passedIfGivenTo(String variable, StackFunction... functions) {
            passing = Optional.of(new StackOption.Passing(variable, Set.of(functions), true));
            return this;
        }

        /** Says what any change of the option costs a stack that is deployed. */
        Definition<T> costs(String words) {
            return consequence(Optional.empty(), false, words);
        }

        /** Says what a change to one value costs. */
        Definition<T> costs(T to, String words) {
            return consequence(Optional.of((_, next) -> next.equals(type.write(to))), false, words);
        }

        /** Says what any change loses for good. */
        Definition<T> loses(String words) {
            return consequence(Optional.empty(), true, words);
        }

        /** Says what a change to one value loses for good. */
        Definition<T> loses(T to, String words) {
            return consequence(Optional.of((_, next) -> next.equals(type.write(to))), true, words);
        }

        /** Says what a change to a smaller number loses for good. */
        Definition<T> losesWithLess(String words) {
            return consequence(
                    Optional.of((from, to) -> Integer.parseInt(to) < Integer.parseInt(from)),
                    true,
                    words);
        }

        private Definition<T> consequence(
                Optional<BiPredicate<String, String>> when, boolean oneWay, String words) {
            consequences.add(new StackOption.Consequence(when, oneWay, words));
            return this;
        }

        /** Completes the option by one or more sentences in Markdown that say what it does. */
        StackOption<T> means(String meaning) {
            var option =
                    new StackOption<>(
                            name, type, meaning, fallback, passing, List.copyOf(consequences));
            ALL.add(option);
            return option;
        }
    }
}
