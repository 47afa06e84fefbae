package dev.freshet.aws.option;

import static dev.freshet.aws.option.OptionType.attributes;
import static dev.freshet.aws.option.OptionType.choice;
import static dev.freshet.aws.option.OptionType.conversions;
import static dev.freshet.aws.option.OptionType.days;
import static dev.freshet.aws.option.OptionType.emailAddress;
import static dev.freshet.aws.option.OptionType.eventTypes;
import static dev.freshet.aws.option.OptionType.flag;
import static dev.freshet.aws.option.OptionType.jsonObject;
import static dev.freshet.aws.option.OptionType.number;
import static dev.freshet.aws.option.OptionType.oneOf;
import static dev.freshet.aws.option.OptionType.placements;
import static dev.freshet.aws.option.OptionType.propertyNames;
import static dev.freshet.aws.option.OptionType.reasonTexts;
import static dev.freshet.aws.option.OptionType.temperatures;
import static dev.freshet.aws.option.OptionType.text;
import static dev.freshet.aws.option.OptionType.userAttributes;
import static dev.freshet.aws.option.OptionType.weights;
import static dev.freshet.aws.option.StackFunction.AUTHORIZE;
import static dev.freshet.aws.option.StackFunction.CATALOG;
import static dev.freshet.aws.option.StackFunction.COLLECT;
import static dev.freshet.aws.option.StackFunction.FEATURES;
import static dev.freshet.aws.option.StackFunction.PRIVACY;
import static dev.freshet.aws.option.StackFunction.PROFILE;
import static dev.freshet.aws.option.StackFunction.RECOMMEND;
import static dev.freshet.aws.option.StackFunction.SCALE;
import static dev.freshet.aws.option.StackFunction.TRAIN;
import static dev.freshet.aws.option.StackOption.option;

import dev.freshet.candidate.FrequencyCap;
import dev.freshet.catalog.CatalogueMode;
import dev.freshet.example.Example;
import dev.freshet.ingest.Submission;
import dev.freshet.model.settings.ModelSettings;
import dev.freshet.privacy.LakePurge;
import dev.freshet.profile.AttributeRules;
import dev.freshet.ranking.Strategy;
import dev.freshet.ranking.Temperatures;
import dev.freshet.store.RetentionPolicy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/**
 * Every option of a stack, in the order in which {@code freshet options} prints them. To add an
 * option, define it here and read it where it is needed: in {@code infra} from {@link
 * StackSettings}, in functions from {@link dev.freshet.aws.Settings}.
 */
public final class StackOptions {
    private static final List<StackOption<?>> ALL = new ArrayList<>();

    private static final String EXPIRY =
            " Existing rows keep the expiry that they were written with.";

    public static final StackOption<Stage> STAGE =
            define(
                    option(
                                    "stage",
                                    choice(Stage.class),
                                    "The purpose of the stack. `dev` is for trying things: nothing"
                                            + " is protected, and everything is deleted with the stack."
                                            + " `prod` serves users: state is protected and remains"
                                            + " when the stack is destroyed. The stage is also the last"
                                            + " part of the API's address.")
                            .byDefault(Stage.DEV)
                            .passedToAll("FRESHET_STAGE"));

    public static final StackOption<String> MODEL_ID =
            define(
                    option(
                                    "modelId",
                                    text(
                                            "[A-Za-z0-9._-]{1,64}",
                                            "1 to 64 letters, digits, '.', '_' or '-'",
                                            "m",
                                            "m".repeat(64)),
                                    "The name of the model in tables, buckets and metrics. Give two"
                                            + " stacks in one account different ones.")
                            .byDefault("main")
                            .passedToAll("FRESHET_MODEL_ID"));

    public static final StackOption<String> STACK_NAME =
            define(
                    option(
                                    "stackName",
                                    text(
                                            "[A-Za-z][A-Za-z0-9-]{0,127}",
                                            "a letter, then up to 127 letters, digits or '-'",
                                            "s",
                                            "s".repeat(128)),
                                    "The name of the CloudFormation stack. A stack of another name"
                                            + " is another tenant.")
                            .byDefault(
                                    values -> "freshet-" + values.text(STAGE), "`freshet-STAGE`"));

    public static final StackOption<Integer> EVENT_SHARDS =
            define(
                    option(
                                    "eventShards",
                                    number(1, 500),
                                    "Shards of the stream `events`. Each takes 1,000 events or 1 MB"
                                            + " a second.")
                            .byDefault(1)
                            .passedTo("FRESHET_EVENT_SHARDS", SCALE));

    public static final StackOption<Integer> EVENT_SHARDS_MAX =
            define(
                    option(
                                    "eventShardsMax",
                                    number(0, 500),
                                    "The most shards that the stack gives the stream `events` by"
                                            + " itself: twice as many when they fill up, half as many,"
                                            + " down to `eventShards`, after six quiet hours"
                                            + " ([Growth](deploy.md#scale), about $1 a month). 0 leaves"
                                            + " their number alone.")
                            .byDefault(0)
                            .passedTo("FRESHET_EVENT_SHARDS_MAX", SCALE));

    public static final StackOption<Integer> NEWEST_COPIES =
            define(
                    option(
                                    "newestCopies",
                                    number(1, 16),
                                    "Copies of the row that names the newest version of the model:"
                                            + " one for each 450 busy instances of *recommend*"
                                            + " ([Growth](deploy.md#scale)). Each costs a write a"
                                            + " version.")
                            .byDefault(1)
                            .passedTo("FRESHET_NEWEST_COPIES", RECOMMEND, TRAIN));

    public static final StackOption<Boolean> FAN_OUT =
            define(
                    option(
                                    "fanOut",
                                    flag(),
                                    "Enhanced fan-out: Kinesis pushes records to the functions in"
                                            + " about 70 ms instead of 200 ms and more ($0.015 an"
                                            + " hour for each shard of either stream and $0.013 a"
                                            + " GB, in us-east-1). Not with `consumer=worker`.")
                            .byDefault(false));

    public static final StackOption<StreamRetention> STREAM_RETENTION =
            define(
                    option(
                                    "streamRetention",
                                    choice(StreamRetention.class),
                                    "How long the streams keep their records: a `day`, which costs"
                                            + " nothing and is lengthened to a week as soon as records"
                                            + " wait, or always a `week` ($0.02 an hour for each shard"
                                            + " of either stream, in us-east-1). A week lets `replay`"
                                            + " rebuild the model from more history. `fanOut` needs it.")
                            .byDefault(
                                    values ->
                                            values.get(FAN_OUT)
                                                    ? StreamRetention.WEEK
                                                    : StreamRetention.DAY,
                                    "`day`, and `week` with `fanOut`"));

    public static final StackOption<EntranceChoice> ENTRANCE =
            define(
                    option(
                                    "entrance",
                                    choice(EntranceChoice.class),
                                    "What receives requests: an API Gateway `rest` API ($3.50 a"
                                            + " million requests, in us-east-1), or an `http` API ($1 a"
                                            + " million) for sites whose bill the former would dominate"
                                            + " ([API type](deploy.md#api-type)).")
                            .byDefault(EntranceChoice.REST));

    public static final StackOption<Integer> REQUEST_RATE =
            define(
                    option("requestRate", rate(), "Requests a second that the API takes in all.")
                            .byDefault(1_000));

    public static final StackOption<Integer> REQUEST_BURST =
            define(
                    option("requestBurst", burst(), "Requests that the API takes at once.")
                            .byDefault(2_000));

    public static final StackOption<Integer> PUBLISHABLE_RATE =
            define(
                    option("publishableRate", rate(), "Requests a second of each publishable key.")
                            .byDefault(500));

    public static final StackOption<Integer> PUBLISHABLE_BURST =
            define(
                    option("publishableBurst", burst(), "Requests at once of each publishable key.")
                            .byDefault(1_000));

    public static final StackOption<Integer> SECRET_RATE =
            define(
                    option(
                                    "secretRate",
                                    rate(),
                                    "Requests a second of each secret key, and of all users whose"
                                            + " tokens one key verifies.")
                            .byDefault(REQUEST_RATE));

    public static final StackOption<Integer> SECRET_BURST =
            define(
                    option(
                                    "secretBurst",
                                    burst(),
                                    "Requests at once of each secret key, and of all users whose"
                                            + " tokens one key verifies.")
                            .byDefault(REQUEST_BURST));

    public static final StackOption<Integer> ACCESS_CACHE_SECONDS =
            define(
                    option(
                                    "accessCacheSeconds",
                                    number(0, 3_600),
                                    "Seconds for which API Gateway caches the authorizer's answer."
                                            + " A revoked key works for that long.")
                            .byDefault(60));

    public static final StackOption<String> AUDIENCE =
            define(
                    option(
                                    "audience",
                                    text(
                                            "[A-Za-z0-9:/._-]{1,128}",
                                            "1 to 128 letters, digits, ':', '/', '.', '_' or '-'",
                                            "a",
                                            "a".repeat(128)),
                                    "The `aud` that user tokens must have.")
                            .byDefault(values -> "freshet-" + values.text(STAGE), "`freshet-STAGE`")
                            .passedTo("FRESHET_AUDIENCE", AUTHORIZE));

    public static final StackOption<String> ANONYMOUS_PREFIX =
            define(
                    option(
                                    "anonymousPrefix",
                                    text(
                                            "[A-Za-z0-9_.:-]{1,32}",
                                            "1 to 32 letters, digits, '-', '_', '.' or ':'",
                                            "a",
                                            "a".repeat(32)),
                                    "The prefix of the ids of anonymous users, which the id of no"
                                            + " other user may have.")
                            .byDefault("anon-")
                            .passedTo(
                                    "FRESHET_ANONYMOUS_PREFIX",
                                    COLLECT,
                                    RECOMMEND,
                                    PROFILE,
                                    PRIVACY,
                                    FEATURES));

    public static final StackOption<Integer> ANONYMOUS_IDS_PER_REQUEST =
            define(
                    option(
                                    "anonymousIdsPerRequest",
                                    number(1, Submission.MAX_EVENTS),
                                    "Anonymous users that one request with a publishable key or a"
                                            + " user token may report events of. A browser has one; a"
                                            + " server uses a secret key.")
                            .byDefault(3)
                            .passedIfGivenTo("FRESHET_ANONYMOUS_IDS_PER_REQUEST", COLLECT));

    public static final StackOption<Integer> ANONYMOUS_WAIT_SECONDS =
            define(
                    option(
                                    "anonymousWaitSeconds",
                                    number(0, Example.Standing.MAX_WAIT),
                                    "Seconds from the receipt of the first event of an anonymous"
                                            + " user until what the user does counts for others:"
                                            + " with the first event after that time all earlier"
                                            + " ones count too. The user's own lists follow at"
                                            + " once. 0: everybody counts at once.")
                            .byDefault(60)
                            .passedIfGivenTo("FRESHET_ANONYMOUS_WAIT_SECONDS", FEATURES));

    public static final StackOption<Integer> CLICK_WINDOW_HOURS =
            define(
                    option(
                                    "clickWindowHours",
                                    number(1, 168),
                                    "Hours from the issue of a list within which a click on it"
                                            + " counts in [rates](experiments.md#outcomes). Later"
                                            + " clicks are counted apart.")
                            .byDefault(24)
                            .passedIfGivenTo("FRESHET_CLICK_WINDOW_HOURS", FEATURES));

    public static final StackOption<String> CONVERSION_TYPES =
            define(
                    option(
                                    "conversionTypes",
                                    conversions(),
                                    "The types of events that count as"
                                            + " [conversions](experiments.md#outcomes).")
                            .byDefault("purchase,submit")
                            .passedIfGivenTo("FRESHET_CONVERSION_TYPES", FEATURES));

    public static final StackOption<Integer> VIEW_THROUGH_HOURS =
            define(
                    option(
                                    "viewThroughHours",
                                    number(0, 168),
                                    "Hours for which a conversion without a click is attributed to"
                                            + " the last list that showed its item. 0: only lists"
                                            + " from which the item was clicked get the credit.")
                            .byDefault(0)
                            .passedIfGivenTo("FRESHET_VIEW_THROUGH_HOURS", FEATURES));

    public static final StackOption<Boolean> CLOUDFRONT_COUNTRY =
            define(
                    option(
                                    "cloudFrontCountry",
                                    flag(),
                                    "Whether the country and region of requests that name none are"
                                            + " taken from CloudFront's headers"
                                            + " `CloudFront-Viewer-Country` and"
                                            + " `CloudFront-Viewer-Country-Region`. For an API behind a"
                                            + " CloudFront distribution that adds them: without one,"
                                            + " callers would choose their country by a header of their"
                                            + " own.")
                            .byDefault(false)
                            .passedTo("FRESHET_CLOUDFRONT_COUNTRY", COLLECT, RECOMMEND));

    public static final StackOption<Boolean> SITE =
            define(
                    option(
                                    "site",
                                    flag(),
                                    "The [dashboard](dashboard.md) and the reference of the API,"
                                            + " with the API under the same host: a CloudFront"
                                            + " distribution and a private bucket, which `./freshet"
                                            + " site put` fills.")
                            .byDefault(false));

    public static final StackOption<Boolean> SIGNED_API =
            define(
                    option(
                                    "signedApi",
                                    flag(),
                                    "A second API for callers inside AWS, who sign their requests"
                                            + " with IAM credentials.")
                            .byDefault(false));

    public static final StackOption<Boolean> WAF =
            define(
                    option(
                                    "waf",
                                    flag(),
                                    "A web ACL in front of each API: AWS's common rules, known bad"
                                            + " inputs, and a rate for each address ($5 a month, $1 a"
                                            + " rule and $0.60 a million requests, in us-east-1).")
                            .byDefault(false));

    public static final StackOption<Integer> WAF_RATE =
            define(
                    option(
                                    "wafRate",
                                    number(100, 2_000_000_000),
                                    "Requests that one address may send in five minutes. The"
                                            + " servers of a site send from few addresses, so raise it"
                                            + " for them.")
                            .byDefault(20_000));

    public static final StackOption<EmbedderChoice> EMBEDDER =
            define(
                    option(
                                    "embedder",
                                    choice(EmbedderChoice.class),
                                    "What turns the titles and texts of items into vectors:"
                                            + " `minilm` within the function of the catalogue,"
                                            + " `bedrock` (Titan Text Embeddings V2), `multimodal`"
                                            + " (Titan Multimodal Embeddings G1, which also reads the"
                                            + " images that `imageUrl` names), or nothing. A model on"
                                            + " Bedrock must be enabled for the account first.")
                            .byDefault(EmbedderChoice.MINILM)
                            .passedTo("FRESHET_EMBEDDER", CATALOG));

    public static final StackOption<String> EVENT_TYPES =
            define(
                    option(
                                    "eventTypes",
                                    eventTypes(),
                                    "[Event types of your own](events.md#types-of-your-own), by name.")
                            .passedIfGivenTo(
                                    "FRESHET_EVENT_TYPES",
                                    COLLECT,
                                    FEATURES,
                                    TRAIN,
                                    RECOMMEND,
                                    PRIVACY,
                                    StackFunction.LAKE));

    public static final StackOption<String> EVENT_PROPERTIES =
            define(
                    option(
                                    "eventProperties",
                                    propertyNames(),
                                    "The [properties of events](events.md#properties-in-rows) that"
                                            + " are kept in rows. All others are on the stream only.")
                            .passedIfGivenTo("FRESHET_EVENT_PROPERTIES", FEATURES));

    public static final StackOption<String> STRENGTHS =
            define(
                    option(
                                    "strengths",
                                    jsonObject(),
                                    "Overrides of the [strengths](events.md#strengths) of events.")
                            .passedIfGivenTo(
                                    "FRESHET_STRENGTHS", COLLECT, FEATURES, StackFunction.LAKE));

    public static final StackOption<String> OBJECTIVE =
            define(
                    option(
                                    "objective",
                                    weights(),
                                    "What an interaction of a type [weighs](model.md#objective)"
                                            + " when the blend learns from it; types that are not named"
                                            + " weigh 1. A change holds for what is learned from then"
                                            + " on.")
                            .passedIfGivenTo("FRESHET_OBJECTIVE", TRAIN));

    public static final StackOption<String> BLEND =
            define(
                    option(
                                    "blend",
                                    oneOf(
                                            List.of(Strategy.NAMES.split(", ", -1)),
                                            Function.identity()),
                                    "How the signals of the sources become one score: by learned"
                                            + " weights (`stacking`), by measured performance"
                                            + " (`weighted`), or by the best source alone"
                                            + " (`switching`).")
                            .byDefault(Strategy.USUAL)
                            .passedIfGivenTo("FRESHET_BLEND", RECOMMEND));

    public static final StackOption<String> PLACEMENTS =
            define(
                    option(
                                    "placements",
                                    placements(),
                                    "The placements whose lists are told apart in"
                                            + " [outcomes](experiments.md#outcomes), separated by"
                                            + " commas; lists of others are summed as `(others)`."
                                            + " Anybody with a publishable key can name any placement,"
                                            + " and a day has room for 64. Without it every placement"
                                            + " is told, up to that number.")
                            .passedIfGivenTo("FRESHET_PLACEMENTS", RECOMMEND));

    public static final StackOption<String> PUBLIC_ATTRIBUTES =
            define(
                    option(
                                    "publicAttributes",
                                    attributes(),
                                    "The attributes of items that pages and users may ask for in"
                                            + " `fields` ([API](api.md#fields-of-items)), separated by"
                                            + " commas. Secret keys read all.")
                            .byDefault("imageUrl,url,price")
                            .passedIfGivenTo("FRESHET_PUBLIC_ATTRIBUTES", RECOMMEND));

    public static final StackOption<String> REASON_TEXTS =
            define(
                    option(
                                    "reasonTexts",
                                    reasonTexts(),
                                    "Own [texts of reasons](api.md#languages-of-reasons) in place"
                                            + " of ours, such as `{\"trending\":\"Hot right now\"}`;"
                                            + " `de.trending` changes German alone.")
                            .passedIfGivenTo("FRESHET_REASON_TEXTS", RECOMMEND));

    public static final StackOption<List<String>> COHORT_ATTRIBUTES =
            define(
                    option(
                                    "cohortAttributes",
                                    userAttributes(),
                                    "The attributes of users by which people are alike, separated"
                                            + " by commas: users with few interactions get what others"
                                            + " with the same value take ([Cohorts](model.md#cohorts))."
                                            + " The model keeps a hash of each value under the"
                                            + " pseudonym of its user. Only attributes with few values"
                                            + " are of use, such as a range of ages rather than an"
                                            + " age.")
                            .passedIfGivenTo("FRESHET_COHORT_ATTRIBUTES", FEATURES, RECOMMEND));

    public static final StackOption<List<String>> INTEREST_ATTRIBUTES =
            define(
                    option(
                                    "interestAttributes",
                                    userAttributes(),
                                    "The attributes by which users say what they like, separated by"
                                            + " commas: an item is liked that has one of their values"
                                            + " among its tags, or as its attribute of the same name"
                                            + " ([Interests](model.md#interests)).")
                            .byDefault(AttributeRules.DEFAULT.interests())
                            .passedIfGivenTo("FRESHET_INTEREST_ATTRIBUTES", RECOMMEND));

    public static final StackOption<Integer> FREQUENCY_CAP =
            define(
                    option(
                                    "frequencyCap",
                                    number(0, FrequencyCap.MAX_SHOWS),
                                    "How many times an item is shown to a user who does not"
                                            + " interact with it before it rests. It is shown"
                                            + " nevertheless where a list would be too short without. 0"
                                            + " is off.")
                            .byDefault(FrequencyCap.DEFAULT.shows())
                            .passedIfGivenTo("FRESHET_FREQUENCY_CAP", RECOMMEND));

    public static final StackOption<Integer> FREQUENCY_CAP_HOURS =
            define(
                    option(
                                    "frequencyCapHours",
                                    number(1, (int) FrequencyCap.LONGEST_REST.toHours()),
                                    "Hours for which an item rests under `frequencyCap`, from when"
                                            + " it was last shown. Then it is shown once, and rests"
                                            + " again.")
                            .byDefault((int) FrequencyCap.DEFAULT.rest().toHours())
                            .passedIfGivenTo("FRESHET_FREQUENCY_CAP_HOURS", RECOMMEND));

    public static final StackOption<Temperatures> EXPLORATION =
            define(
                    option(
                                    "exploration",
                                    temperatures(),
                                    "How far lists depart by chance from the best one, so that the"
                                            + " log of lists can say what others would have earned"
                                            + " ([Exploration](experiments.md#exploration)): the"
                                            + " temperature of the draws, in hundredths of the spread"
                                            + " of the scores. `15` holds for every placement,"
                                            + " `home=15,article=5` for two of them alone, and"
                                            + " `5,home=15` says both. 0 is off. In a simulation 15"
                                            + " kept 0.987 of the value of the best lists.")
                            .byDefault(Temperatures.NONE)
                            .passedIfGivenTo("FRESHET_EXPLORATION", RECOMMEND));

    public static final StackOption<Boolean> SNAP_START =
            define(
                    option(
                                    "snapStart",
                                    flag(),
                                    "Whether the functions that recommend and that check"
                                            + " credentials start from a snapshot (Lambda SnapStart)."
                                            + " Without it their first requests take seconds. Set"
                                            + " `false` in a region that has no SnapStart, where the"
                                            + " deployment would fail.")
                            .byDefault(true));

    public static final StackOption<CatalogueMode> CATALOGUE =
            define(
                    option(
                                    "catalogue",
                                    choice(CatalogueMode.class),
                                    "Whether an item has to be in the catalogue. `closed`: no other"
                                            + " item is learned or shown; up to 10,000 events wait for"
                                            + " items that are put later. `open`, for sites without a"
                                            + " catalogue: every id that an event names is an item, so"
                                            + " any visitor can have a text of up to 128 characters"
                                            + " shown to others.")
                            .byDefault(CatalogueMode.CLOSED)
                            .passedTo("FRESHET_CATALOGUE", RECOMMEND, TRAIN));

    public static final StackOption<Integer> K_ANONYMITY =
            define(
                    option(
                                    "kAnonymity",
                                    number(1, ModelSettings.MAX_K_ANONYMITY),
                                    "The number of different people from which on what they did is"
                                            + " visible to others: in the counts of an item, of an"
                                            + " item in a country or on a device, and in pairs of"
                                            + " items ([Privacy](privacy.md#what-others-can-see))."
                                            + " 1 hides nothing.")
                            .byDefault(ModelSettings.USUAL_K_ANONYMITY)
                            .passedIfGivenTo("FRESHET_K_ANONYMITY", TRAIN, RECOMMEND));

    public static final StackOption<ConsumerChoice> CONSUMER =
            define(
                    option(
                                    "consumer",
                                    choice(ConsumerChoice.class),
                                    "What reads the streams: the `functions`, by Lambda, or the"
                                            + " [always-on worker](operate.md#the-worker) on Fargate."
                                            + " The image of the worker is built with Docker where you"
                                            + " deploy.")
                            .byDefault(ConsumerChoice.FUNCTIONS));

    public static final StackOption<Integer> WORKERS =
            define(
                    option(
                                    "workers",
                                    number(1, 100),
                                    "Tasks of the worker, which share the shards; used with"
                                            + " `consumer=worker`.")
                            .byDefault(1));

    public static final StackOption<String> ALARM_EMAIL =
            define(
                    option(
                            "alarmEmail",
                            emailAddress(),
                            "The address that alarms are sent to; AWS first asks that address to"
                                    + " confirm. A `prod` stack without one is synthesized with a"
                                    + " warning."));

    public static final StackOption<AlarmChoice> ALARMS =
            define(
                    option(
                                    "alarms",
                                    choice(AlarmChoice.class),
                                    "Which [alarms](operate.md#alarms) the stack has: the"
                                            + " `essential` ones, or `all`, which say sooner where a"
                                            + " fault is ($0.10 a month each).")
                            .byDefault(AlarmChoice.ESSENTIAL));

    public static final StackOption<Integer> INTERACTIONS_DAYS =
            define(
                    retention(
                            "interactionsDays",
                            RetentionPolicy.Kind.INTERACTIONS,
                            "Days that interactions are kept after their receipt." + EXPIRY));

    public static final StackOption<Integer> EXPOSURES_DAYS =
            define(
                    retention(
                            "exposuresDays",
                            RetentionPolicy.Kind.EXPOSURES,
                            "Days that lists shown, and what became of them, are kept after their"
                                    + " receipt."
                                    + EXPIRY));

    public static final StackOption<Integer> OUTCOMES_DAYS =
            define(
                    retention(
                            "outcomesDays",
                            RetentionPolicy.Kind.OUTCOMES,
                            "Days that the sums of outcomes of a closed day are kept." + EXPIRY));

    public static final StackOption<Integer> USERS_DAYS =
            define(
                    retention(
                            "usersDays",
                            RetentionPolicy.Kind.USERS,
                            "Days that a profile is kept after it was last written." + EXPIRY));

    public static final StackOption<Integer> TRENDS_DAYS =
            define(
                    retention(
                            "trendsDays",
                            RetentionPolicy.Kind.TRENDS,
                            "Days that the trends of a closed window are kept." + EXPIRY));

    public static final StackOption<Integer> ITEMS_DAYS =
            define(
                    retention(
                            "itemsDays",
                            RetentionPolicy.Kind.ITEMS,
                            "Days that an item is kept after the last moment at which it is"
                                    + " available."
                                    + EXPIRY));

    public static final StackOption<Integer> MODEL_DAYS =
            define(
                    retention(
                            "modelDays",
                            RetentionPolicy.Kind.MODEL,
                            "Days that rows and objects of the model log are kept after a"
                                    + " snapshot replaced them. More than the streams keep"
                                    + " records, which may refer to them."));

    public static final StackOption<Integer> QUARANTINE_DAYS =
            define(
                    retention(
                                    "quarantineDays",
                                    RetentionPolicy.Kind.QUARANTINE,
                                    "Days that a quarantined record is kept; it holds what a user"
                                            + " did.")
                            .byDefault(RetentionPolicy.Kind.QUARANTINE.days(), 90));

    public static final StackOption<Boolean> LAKE =
            define(
                    option(
                                    "lake",
                                    flag(),
                                    "Whether the stack keeps a [lake](lake.md): every accepted"
                                            + " event as rows of Iceberg tables, which Athena queries."
                                            + " It costs some cents a month while nothing comes.")
                            .byDefault(false));

    public static final StackOption<Integer> LAKE_DAYS =
            define(
                    option(
                                    "lakeDays",
                                    days(30, 3_650),
                                    "Days that the lake keeps interactions and lists shown, by the"
                                            + " day on which they happened.")
                            .byDefault(400));

    public static final StackOption<LakePurge> LAKE_PURGE =
            define(
                    option(
                                    "lakePurge",
                                    choice(LakePurge.class),
                                    "How often files of the lake that hold rows of erased users are"
                                            + " rewritten. `weekly`: nothing of a user remains "
                                            + LakePurge.WEEKLY.days()
                                            + " days after an erasure; `daily`: "
                                            + LakePurge.DAILY.days()
                                            + ". Each time Athena reads the files that erasures"
                                            + " touched ($5 a TB, in us-east-1).")
                            .byDefault(LakePurge.WEEKLY)
                            .passedIfGivenTo("FRESHET_LAKE_PURGE", PRIVACY));

    public static final StackOption<String> LAKE_PROPERTIES =
            define(
                    option(
                                    "lakeProperties",
                                    propertyNames(),
                                    "The properties of events that are kept in the lake. All"
                                            + " others, page and referrer are on the stream only.")
                            .passedIfGivenTo("FRESHET_LAKE_PROPERTIES", StackFunction.LAKE));

    public static final StackOption<Integer> LAKE_SCAN_GB =
            define(
                    option(
                                    "lakeScanGb",
                                    number(1, 100_000),
                                    "GB that one query of the lake may read before Athena stops it"
                                            + " ($5 a TB, in us-east-1).")
                            .byDefault(100));

    public static final StackOption<Boolean> BULK =
            define(
                    option(
                                    "bulk",
                                    flag(),
                                    "Whether the stack makes [lists in bulk](bulk.md), as for a"
                                            + " mail, by a function and a state machine that `./freshet"
                                            + " bulk` starts. It costs nothing while nothing runs, and"
                                            + " about $1 a million lists.")
                            .byDefault(false));

    public static final StackOption<Boolean> BATCH =
            define(
                    option(
                                    "batch",
                                    flag(),
                                    "Whether the stack runs [batch jobs](lake.md#batch-jobs) over"
                                            + " its lake, on EMR Serverless, and brings their results"
                                            + " to the model. Needs `lake=true`, and the jar of the"
                                            + " jobs. It costs a few cents a month while nothing runs.")
                            .byDefault(false));

    public static final StackOption<BatchRuns> BATCH_RUNS =
            define(
                    option(
                                    "batchRuns",
                                    choice(BatchRuns.class),
                                    "How often batch jobs run, after the night of the lake.")
                            .byDefault(BatchRuns.WEEKLY));

    public static final StackOption<Integer> BATCH_CPUS =
            define(
                    option(
                                    "batchCpus",
                                    number(8, 1_024),
                                    "vCPUs that batch jobs may use at a time, each with 4 GB; four"
                                            + " are the job's own driver. A job is stopped after three"
                                            + " hours.")
                            .byDefault(32));

    public static final StackOption<Boolean> PSEUDONYMISE_IDS =
            define(
                    option(
                                    "pseudonymiseIds",
                                    flag(),
                                    "Whether the ids of users are replaced before anything is stored"
                                            + " ([Privacy](privacy.md#replacing-ids-on-receipt)). Do"
                                            + " not change it once a stack has data of users.")
                            .byDefault(false));

    public static final StackOption<Boolean> CUSTOMER_KEY =
            define(
                    option(
                                    "customerKey",
                                    flag(),
                                    "Whether tables, streams, buckets, secrets, logs and the topic"
                                            + " of alarms are encrypted under a KMS key of the stack's"
                                            + " own ($1 a month and $0.03 for 10,000 requests, in"
                                            + " us-east-1).")
                            .byDefault(false, true));

    public static final StackOption<Boolean> TRACING =
            define(
                    option(
                                    "tracing",
                                    flag(),
                                    "Whether X-Ray traces the functions behind the API: one"
                                            + " invocation of each a second, and one in twenty of the"
                                            + " rest ($5 a million traces; Lambda has no lower rate)."
                                            + " The log has every request and its duration without it."
                                            + " Requests at API Gateway are never traced, because"
                                            + " traces of them would hold addresses of callers and"
                                            + " paths with ids.")
                            .byDefault(false));

    public static final StackOption<Boolean> PROTECTION =
            define(
                    option(
                                    "protection",
                                    flag(),
                                    "Point-in-time recovery (35 days) and deletion protection of"
                                            + " tables, and termination protection of the stack.")
                            .byDefault(false, true));

    public static final StackOption<Boolean> OBJECT_LOGS =
            define(
                    option(
                                    "objectLogs",
                                    flag(),
                                    "Whether S3 logs every access to an object, in a bucket of its"
                                            + " own.")
                            .byDefault(false, true));

    public static final StackOption<Integer> LOG_DAYS =
            define(
                    option(
                                    "logDays",
                                    oneOf(
                                            List.of(1, 3, 7, 14, 30, 60, 90, 180, 365),
                                            String::valueOf),
                                    "Days that logs are kept.")
                            .byDefault(7, 90));

    private StackOptions() {}

    /** Returns all options in the order of their definitions. */
    public static List<StackOption<?>> all() {
        return Collections.unmodifiableList(ALL);
    }

    private static <T> StackOption<T> define(StackOption<T> option) {
        ALL.add(option);
        return option;
    }

    private static StackOption<Integer> retention(
            String name, RetentionPolicy.Kind kind, String meaning) {
        return option(name, days(kind.least(), kind.most()), meaning).byDefault(kind.days());
    }

    /** Returns the type of request rates that API Gateway can hold. */
    private static OptionType<Integer> rate() {
        return number(1, 10_000);
    }

    /** Returns the type of request bursts that API Gateway can hold. */
    private static OptionType<Integer> burst() {
        return number(1, 5_000);
    }
}
