package dev.freshet.functions;

import dev.freshet.access.ExposureToken;
import dev.freshet.check.Sha256;
import dev.freshet.recommend.Recommendations;
import dev.freshet.recommend.Recommendations.RecommendedItem;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The entity tag of a response. That of a list is weak and equal for the same model, parameters,
 * language and ids in order on one day, if both lists count for their user or neither does. A
 * client that is answered 304 keeps the response that it has, with its exposure token; as the tag
 * changes with the day, such a token is never older than a day when it is confirmed.
 *
 * @param value the header {@code ETag}
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3">RFC 9110, ETag</a>
 */
record EntityTag(String value) {
    private static final int BYTES = 12;

    static EntityTag of(HttpRequest request, Recommendations answer, AnswerForm form, Instant now) {
        StringBuilder all = new StringBuilder();
        all.append(now.atZone(ZoneOffset.UTC).toLocalDate())
                .append('\n')
                .append(answer.modelVersion())
                .append('\n')
                .append(form.language().tag())
                .append('\n')
                .append(request.resource())
                .append(new TreeMap<>(request.pathParameters()))
                .append(new TreeMap<>(request.query()))
                .append(answer.degradedReasons())
                .append(answer.emptyReasons())
                .append(
                        ExposureToken.reopen(answer.exposure())
                                .map(ExposureToken::asker)
                                .isPresent());
        for (RecommendedItem item : answer.items()) {
            all.append('\n').append(item.itemId());
        }
        return of(all.toString());
    }

    /** Returns the weak tag of a text: equal for equal texts. */
    static EntityTag of(String text) {
        byte[] hash = Sha256.digest(text);
        return new EntityTag(
                "W/\""
                        + Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(Arrays.copyOf(hash, BYTES))
                        + '"');
    }

    /**
     * Returns a response with this tag: 304 where the header {@code If-None-Match} of the request
     * lists it, weak or strong, or any.
     *
     * @param whole returns the response for a client that does not have it
     */
    HttpResponse answer(HttpRequest request, Supplier<HttpResponse> whole) {
        boolean known =
                request.header("If-None-Match").stream()
                        .flatMap(header -> Arrays.stream(header.split(",", 32)))
                        .map(String::strip)
                        .anyMatch(tag -> tag.equals("*") || strong(tag).equals(strong(value)));
        return (known ? HttpResponse.notModified() : whole.get()).with("ETag", value);
    }

    private static String strong(String tag) {
        return tag.startsWith("W/") ? tag.substring(2) : tag;
    }
}
