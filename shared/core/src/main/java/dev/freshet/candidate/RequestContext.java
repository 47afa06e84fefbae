package dev.freshet.candidate;

import dev.freshet.event.Context;
import dev.freshet.event.EventType;
import dev.freshet.features.History;
import dev.freshet.model.Model;
import dev.freshet.model.history.HistoryLength;
import dev.freshet.model.history.Preferences;
import dev.freshet.model.history.UserAction;
import dev.freshet.model.signal.SignalContext;
import dev.freshet.model.signal.Signals;
import dev.freshet.profile.AttributeRules;
import dev.freshet.profile.UserProfile;
import dev.freshet.query.Filter;
import dev.freshet.query.RecommendationQuery;
import dev.freshet.query.RecommendationQuery.Repeats;
import dev.freshet.query.RecommendationQuery.SessionItem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Everything that is known of one request: who asks, where, when and for what, and the model that
 * answers. Built once, before candidates are collected; used by one thread.
 *
 * @param preferences the user's actions as the model sees them, with the item being looked at in
 *     front
 * @param actions the user's own actions that the preferences are made of, newest first
 * @param seen the user's history as filters read it
 * @param signals of any item for this user at this moment
 * @param lookedAt index of the item being looked at, or {@value #NO_ITEM}
 * @param filter compiled once, for all rounds of candidates
 * @param explained how many places of a list get reasons, from the first; 0 where nobody reads them
 */
public record RequestContext(
        Model model,
        Instant now,
        Context context,
        UserProfile profile,
        Preferences preferences,
        List<UserAction> actions,
        SeenItems seen,
        Signals signals,
        int lookedAt,
        CompiledFilter filter,
        Repeats repeats,
        int explained) {
    public static final int NO_ITEM = SignalContext.NO_ITEM;

    /**
     * Returns the context of a request for recommendations; the preferences are the user's own.
     *
     * @param lookedAt counts as the user's latest action
     */
    public static RequestContext of(
            RecommendationQuery query,
            int lookedAt,
            UserProfile profile,
            History history,
            Model model,
            Instant now) {
        return of(query, List.of(), lookedAt, profile, AttributeRules.DEFAULT, history, model, now);
    }

    /**
     * Returns the context of a request for recommendations; the preferences are the user's own.
     *
     * @param filters in addition to that of the request
     * @param lookedAt counts as the user's latest action
     * @param rules which attributes of the user count
     */
    public static RequestContext of(
            RecommendationQuery query,
            List<Filter> filters,
            int lookedAt,
            UserProfile profile,
            AttributeRules rules,
            History history,
            Model model,
            Instant now) {
        List<SessionItem> session = new ArrayList<>(query.session());
        if (lookedAt != NO_ITEM) {
            session.add(look(model, lookedAt, now));
        }
        List<UserAction> actions = UserAction.newestFirst(history, session, query.sessionId());
        Preferences preferences =
                Preferences.of(model.items(), actions, profile.shown(), query.sessionId())
                        .of(
                                rules.cohortsOf(profile.attributes()),
                                rules.interestsOf(profile.attributes()));
        SignalContext known = new SignalContext(model, preferences, query.context(), now, lookedAt);
        return of(query, filters, known, model, actions, profile, history);
    }

    /**
     * Returns the context of a request for recommendations that are not personalised; the user's
     * history only decides what is withheld.
     *
     * @param filters in addition to that of the request
     */
    public static RequestContext withoutPreferences(
            RecommendationQuery query,
            List<Filter> filters,
            UserProfile profile,
            History history,
            Model model,
            Instant now) {
        SignalContext known =
                new SignalContext(model, Preferences.NONE, query.context(), now, NO_ITEM);
        return of(query, filters, known, model, List.of(), profile, history);
    }

    /**
     * Returns the context of a request for items like one, which is all that the preferences are
     * made of; the user's history only decides what is withheld.
     *
     * @param filters in addition to that of the request
     */
    public static RequestContext ofItem(
            RecommendationQuery query,
            List<Filter> filters,
            int lookedAt,
            UserProfile profile,
            History history,
            Model model,
            Instant now) {
        Preferences preferences =
                Preferences.of(model.items(), History.EMPTY, List.of(look(model, lookedAt, now)));
        SignalContext known = new SignalContext(model, preferences, query.context(), now, lookedAt);
        return of(query, filters, known, model, List.of(), profile, history);
    }

    private static RequestContext of(
            RecommendationQuery query,
            List<Filter> filters,
            SignalContext known,
            Model model,
            List<UserAction> actions,
            UserProfile profile,
            History history) {
        return new RequestContext(
                model,
                known.now(),
                query.context(),
                profile,
                known.preferences(),
                actions,
                new SeenItems(model.items(), history, query.session()),
                Signals.of(known),
                known.lookedAt(),
                new CompiledFilter(
                        Stream.concat(filters.stream(), Stream.of(query.filter())).toList(),
                        new FilterUser(profile.attributes(), history, query.session(), known.now()),
                        model.items()),
                query.repeats(),
                query.explained() ? query.count() : 0);
    }

    private static SessionItem look(Model model, int item, Instant now) {
        return new SessionItem(model.items().id(item), EventType.VIEW, now);
    }

    /**
     * Returns a filter compiled for the items of the model and the user of this request, which
     * shares its steps.
     */
    public CompiledFilter compiled(Filter other) {
        return filter.sharing(other);
    }

    /** Returns how long the user's history is. */
    public HistoryLength historyLength() {
        return preferences.historyLength();
    }
}
