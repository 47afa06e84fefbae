package dev.freshet.catalog;

import dev.freshet.attribute.AttributeValue;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The attributes {@code url} and {@code imageUrl} of items, which pages follow and draw. Where they
 * are texts they have to be absolute URLs of http or https without characters that would end an
 * attribute in HTML, so that no put item brings a {@code javascript:} into a page.
 */
final class ItemUrls {
    private static final List<String> NAMES = List.of("url", "imageUrl");
    private static final String REST = "[^\\s\"<>`\\\\]*";
    private static final Pattern URL =
            Pattern.compile("(?i:https?)://[^\\s\"<>`\\\\/?#]+(?:[/?#]" + REST + ")?");

    private ItemUrls() {}

    /**
     * Checks the attributes of an item.
     *
     * @throws InvalidItemException if one of the two is or holds another text
     */
    static void check(Map<String, AttributeValue> attributes) throws InvalidItemException {
        for (String name : NAMES) {
            if (!accepts(attributes.get(name))) {
                throw new InvalidItemException(
                        "bad-url",
                        "The attribute "
                                + name
                                + " takes an absolute URL that begins with http:// or https://.");
            }
        }
    }

    private static boolean accepts(@Nullable AttributeValue value) {
        return switch (value) {
            case AttributeValue.Text(String text) -> URL.matcher(text).matches();
            case AttributeValue.Texts(List<String> texts) ->
                    texts.stream().allMatch(text -> URL.matcher(text).matches());
            case null, default -> true;
        };
    }
}
