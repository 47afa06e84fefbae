package dev.freshet.functions.runtime;

import dev.freshet.aws.Setting;
import dev.freshet.aws.Settings;
import dev.freshet.aws.option.StackOption;
import dev.freshet.aws.option.StackOptions;
import dev.freshet.candidate.CandidateFilter.FrequencyCap;
import dev.freshet.catalog.Attributes.PublicAttributes;
import dev.freshet.event.EventTypes;
import dev.freshet.event.Strengths;
import dev.freshet.features.AttributionRules;
import dev.freshet.features.KeptProperties;
import dev.freshet.model.settings.ModelSettings;
import dev.freshet.model.settings.Objective;
import dev.freshet.privacy.LakeErasures.LakePurge;
import dev.freshet.profile.AttributeRules;
import dev.freshet.profile.CountedUsers;
import dev.freshet.ranking.ReasonLanguages;
import dev.freshet.ranking.Strategy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the options of the stack say, in the terms of the flows. */
public record Policies(Settings settings) {
    /** Returns the types of events of the stack. */
    public EventTypes eventTypes() {
        return settings.find(StackOptions.EVENT_TYPES)
                .map(EventTypes::parse)
                .orElse(EventTypes.BUILT_IN);
    }

    /** Returns the strengths of the types of events of the stack. */
    public Strengths strengths() {
        return settings.find(StackOptions.STRENGTHS)
                .map(json -> Strengths.parse(json, eventTypes()))
                .orElseGet(() -> Strengths.of(eventTypes()));
    }

    public AttributionRules attribution() {
        return new AttributionRules(
                Duration.ofHours(settings.get(StackOptions.CLICK_WINDOW_HOURS)),
                AttributionRules.types(settings.get(StackOptions.CONVERSION_TYPES), eventTypes()),
                Duration.ofHours(settings.get(StackOptions.VIEW_THROUGH_HOURS)));
    }

    /** Returns which users count for others. */
    public CountedUsers countedUsers() {
        return new CountedUsers(
                anonymousPrefix(),
                settings.get(StackOptions.ANONYMOUS_WAIT_SECONDS),
                !settings.get(StackOptions.EXPERIMENTS_SIGNED_IN_ONLY));
    }

    public ModelSettings modelSettings() {
        return readSettings()
                .withCatalogue(settings.get(StackOptions.CATALOGUE))
                .withObjective(
                        settings.find(StackOptions.OBJECTIVE)
                                .map(text -> Objective.parse(text, eventTypes()))
                                .orElse(Objective.EVEN));
    }

    /** Returns the settings that a model is read by. */
    public ModelSettings readSettings() {
        return ModelSettings.DEFAULT
                .withKAnonymity(settings.get(StackOptions.K_ANONYMITY))
                .withEventTypes(eventTypes());
    }

    /** Returns the attributes of items that pages and users may ask for. */
    public PublicAttributes publicAttributes() {
        return PublicAttributes.of(settings.get(StackOptions.PUBLIC_ATTRIBUTES));
    }

    /** Returns the languages in which reasons are worded. */
    public ReasonLanguages reasonLanguages() {
        return settings.find(StackOptions.REASON_TEXTS)
                .map(texts -> ReasonLanguages.parse(texts).orElseThrow())
                .orElse(ReasonLanguages.OURS);
    }

    /** Returns the prefix that ids of anonymous users have, and no user id has. */
    public String anonymousPrefix() {
        return settings.get(StackOptions.ANONYMOUS_PREFIX);
    }

    /** Returns whether CloudFront's headers with the country of the viewer are believed. */
    public boolean cloudFrontCountry() {
        return settings.get(StackOptions.CLOUDFRONT_COUNTRY);
    }

    /** Returns how many anonymous users one request of an untrusted caller may name. */
    public int anonymousIdsPerRequest() {
        return settings.get(StackOptions.ANONYMOUS_IDS_PER_REQUEST);
    }

    /** Returns whether amounts of money count that publishable keys tell. */
    public boolean pagesTellAmounts() {
        return settings.get(StackOptions.PUBLISHABLE_AMOUNTS);
    }

    public AttributeRules attributeRules() {
        return new AttributeRules(
                settings.find(StackOptions.COHORT_ATTRIBUTES).orElse(List.of()),
                settings.get(StackOptions.INTEREST_ATTRIBUTES));
    }

    public FrequencyCap frequencyCap() {
        return new FrequencyCap(
                settings.get(StackOptions.FREQUENCY_CAP),
                Duration.ofHours(settings.get(StackOptions.FREQUENCY_CAP_HOURS)));
    }

    public Strategy strategy() {
        return Strategy.of(settings.get(StackOptions.BLEND)).orElseThrow();
    }

    /** Returns whether the stack has a lake. */
    public boolean hasLake() {
        return settings.find(Setting.LAKE_BUCKET).isPresent();
    }

    public Optional<LakePurge> lakePurge() {
        return hasLake() ? Optional.of(settings.get(StackOptions.LAKE_PURGE)) : Optional.empty();
    }

    /** Returns the properties of events that rows of interactions keep. */
    public KeptProperties keptInRows() {
        return kept(StackOptions.EVENT_PROPERTIES);
    }

    /** Returns the properties of events that rows of the lake keep. */
    public KeptProperties keptInLake() {
        return kept(StackOptions.LAKE_PROPERTIES);
    }

    private KeptProperties kept(StackOption<String> names) {
        return settings.find(names).map(KeptProperties::of).orElse(KeptProperties.NONE);
    }
}
