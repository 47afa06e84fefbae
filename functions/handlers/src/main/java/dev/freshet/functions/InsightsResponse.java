package dev.freshet.functions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.json.JsonRecords;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes the responses of the operations for insights keys. A client that has the present response,
 * in the same format, is told so by 304. Where a response has a main list, a client that prefers
 * {@code text/csv} by its header {@code Accept} gets that list as a file ({@link CsvTable}).
 */
final class InsightsResponse {
    private static final String CSV = "text/csv";
    private static final String JSON = "application/json";

    /** Most media types of a header {@code Accept} that are looked at. */
    private static final int MAX_TYPES = 32;

    /** Most parts of a route. */
    private static final int MAX_PARTS = 8;

    private InsightsResponse() {}

    /** Returns the response whose body is a record without a main list. */
    static HttpResponse of(HttpRequest request, Object report) {
        JsonNode body = JsonRecords.tree(report);
        return kept(request, body.toString(), HttpResponse.json(200, body));
    }

    /**
     * Returns the response whose body is a record, or an object, with a main list. Where the list
     * is a page and the body has the cursor of the next one in {@code next}, the file names that
     * page in its header {@code Link}, since it has no place for a cursor.
     *
     * @param list name of the member that is the list; its elements are objects
     */
    static HttpResponse of(HttpRequest request, Object report, String list) {
        if (!prefersCsv(request.header("Accept").orElse(null))) {
            return of(request, report);
        }
        JsonNode body = JsonRecords.tree(report);
        String csv = CsvTable.of(body.path(list));
        HttpResponse file =
                HttpResponse.text(200, CSV + "; charset=utf-8; header=present", csv)
                        .with(
                                "Content-Disposition",
                                "attachment; filename=\"" + name(request.resource()) + ".csv\"");
        String next = body.path("next").textValue();
        return kept(
                request,
                CSV + '\n' + next + '\n' + csv,
                next == null ? file : file.with("Link", linkTo(request, next)));
    }

    /**
     * Returns the link to the page after a cursor, relative to the request's own address: the stage
     * that a gateway puts before the path is not known here.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc8288#section-3">RFC 8288, Link</a>
     */
    private static String linkTo(HttpRequest request, String next) {
        TreeMap<String, String> query = new TreeMap<>(request.query());
        query.put("after", next);
        StringJoiner parameters = new StringJoiner("&", "<?", ">; rel=\"next\"");
        query.forEach((name, value) -> parameters.add(encoded(name) + '=' + encoded(value)));
        return parameters.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static HttpResponse kept(HttpRequest request, String content, HttpResponse response) {
        return EntityTag.of(content)
                .answer(request, () -> response)
                .with("Cache-Control", "private, no-cache")
                .with("Vary", "Authorization, Origin, Accept");
    }

    /** Returns the last part of a route that is no parameter: {@code outcomes}. */
    private static String name(String resource) {
        String name = "insights";
        for (String part : resource.split("/", MAX_PARTS)) {
            if (part.matches("[a-z-]+")) {
                name = part;
            }
        }
        return name;
    }

    /**
     * Returns whether CSV is named with a quality above that of JSON, which counts as 0 where it is
     * not named.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1">RFC 9110, Accept</a>
     */
    private static boolean prefersCsv(@Nullable String accept) {
        return accept != null && quality(accept, CSV) > quality(accept, JSON);
    }

    private static double quality(String accept, String type) {
        return Arrays.stream(accept.split(",", MAX_TYPES))
                .map(range -> range.strip().toLowerCase(Locale.ROOT).split("\\s*;\\s*", 8))
                .filter(range -> range[0].equals(type))
                .mapToDouble(InsightsResponse::quality)
                .max()
                .orElse(0);
    }

    private static double quality(String[] range) {
        for (String parameter : range) {
            if (parameter.matches("q=(0(\\.[0-9]{0,3})?|1(\\.0{0,3})?)")) {
                return Double.parseDouble(parameter.substring(2));
            }
        }
        return 1;
    }
}
