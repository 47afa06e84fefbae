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
import dev.freshet.query.SessionItem;
import dev.freshet.query.SimilarQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

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
 */
public record RequestContext(
        Model model,
        Instant now,
        Context context,
        UserProfile profile,
        History history,
        List<SessionItem> session,
        Preferences preferences,
        List<UserAction> actions,
        SeenItems seen,
        Signals signals,
        int lookedAt,
        CompiledFilter filter,
        Repeats repeats) {
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
        return of(
                Preferences.of(model.items(), actions, profile.shown(), query.sessionId())
                        .of(
                                rules.cohortsOf(profile.attributes()),
                                rules.interestsOf(profile.attributes())),
                actions,
                query.context(),
                profile,
                history,
                query.session(),
                lookedAt,
                both(query.filter(), filters),
                query.repeats(),
                model,
                now);
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
        return of(
                Preferences.NONE,
                List.of(),
                query.context(),
                profile,
                history,
                query.session(),
                NO_ITEM,
                both(query.filter(), filters),
                query.repeats(),
                model,
                now);
    }

    /**
     * Returns the context of a request for similar items; the user's history only decides what is
     * withheld.
     */
    public static RequestContext of(
            SimilarQuery query,
            int lookedAt,
            UserProfile profile,
            History history,
            Model model,
            Instant now) {
        Preferences preferences =
                Preferences.of(model.items(), History.EMPTY, List.of(look(model, lookedAt, now)));
        return of(
                preferences,
                List.of(),
                query.context(),
                profile,
                history,
                query.session(),
                lookedAt,
                List.of(query.filter()),
                Repeats.BY_ITEM,
                model,
                now);
    }

    private static RequestContext of(
            Preferences preferences,
            List<UserAction> actions,
            Context context,
            UserProfile profile,
            History history,
            List<SessionItem> session,
            int lookedAt,
            List<Filter> filters,
            Repeats repeats,
            Model model,
            Instant now) {
        return new RequestContext(
                model,
                now,
                context,
                profile,
                history,
                session,
                preferences,
                actions,
                new SeenItems(model.items(), history, session),
                Signals.of(new SignalContext(model, preferences, context, now, lookedAt)),
                lookedAt,
                new CompiledFilter(
                        filters, FilterUser.of(profile, history, session, now), model.items()),
                repeats);
    }

    private static List<Filter> both(Filter filter, List<Filter> others) {
        List<Filter> all = new ArrayList<>(others);
        all.add(filter);
        return all;
    }

    private static SessionItem look(Model model, int item, Instant now) {
        return new SessionItem(model.items().id(item), EventType.VIEW, now);
    }

    /**
     * Returns a filter compiled for the items of the model and the user of this request, which
     * shares its steps.
     */
    public CompiledFilter compiled(Filter other) {
        return filter.sharing(other, FilterUser.of(profile, history, session, now));
    }

    /** Returns how long the user's history is. */
    public HistoryLength historyLength() {
        return preferences.historyLength();
    }
}
