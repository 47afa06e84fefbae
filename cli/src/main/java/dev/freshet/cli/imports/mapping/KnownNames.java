package dev.freshet.cli.imports.mapping;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Names that columns and types of events often have. */
final class KnownNames {
    private static final Map<String, List<String>> FIELDS =
            Map.ofEntries(
                    Map.entry(
                            "user",
                            List.of(
                                    "userid",
                                    "user",
                                    "visitorid",
                                    "customerid",
                                    "customer",
                                    "personid",
                                    "memberid",
                                    "clientid",
                                    "uid",
                                    "reader",
                                    "shopper")),
                    Map.entry("anonymous", List.of("anonymousid", "deviceid", "cookieid")),
                    Map.entry(
                            "item",
                            List.of(
                                    "itemid",
                                    "item",
                                    "productid",
                                    "product",
                                    "articleid",
                                    "contentid",
                                    "movieid",
                                    "videoid",
                                    "songid",
                                    "newsid",
                                    "postid",
                                    "sku",
                                    "asin",
                                    "parentasin")),
                    Map.entry(
                            "type",
                            List.of(
                                    "eventtype",
                                    "type",
                                    "event",
                                    "eventname",
                                    "action",
                                    "behavior",
                                    "behaviour",
                                    "activity",
                                    "interaction")),
                    Map.entry(
                            "time",
                            List.of(
                                    "timestamp",
                                    "time",
                                    "eventtime",
                                    "occurredat",
                                    "ts",
                                    "datetime",
                                    "createdat",
                                    "unixtime",
                                    "date")),
                    Map.entry(
                            "value",
                            List.of("rating", "stars", "score", "value", "price", "amount")),
                    Map.entry("currency", List.of("currency", "currencycode")),
                    Map.entry("session", List.of("sessionid", "session", "usersession", "visitid")),
                    Map.entry("id", List.of("eventid", "messageid")),
                    Map.entry("title", List.of("title", "name", "productname", "headline")),
                    Map.entry(
                            "text",
                            List.of(
                                    "text",
                                    "body",
                                    "abstract",
                                    "description",
                                    "content",
                                    "summary")),
                    Map.entry(
                            "tags",
                            List.of("tags", "categories", "genres", "keywords", "category")),
                    Map.entry("author", List.of("author", "brand", "artist", "publisher")),
                    Map.entry(
                            "publishedAt",
                            List.of(
                                    "publishedat",
                                    "published",
                                    "releasedate",
                                    "createdat",
                                    "date")));

    private static final Map<String, List<String>> TYPES =
            Map.ofEntries(
                    Map.entry(
                            "view",
                            List.of(
                                    "view",
                                    "pageview",
                                    "detail",
                                    "productview",
                                    "productviewed",
                                    "read",
                                    "visit",
                                    "pv")),
                    Map.entry("click", List.of("click", "clicked", "productclicked")),
                    Map.entry(
                            "cart",
                            List.of("cart", "addtocart", "productadded", "basket", "addtobasket")),
                    Map.entry(
                            "purchase",
                            List.of("purchase", "buy", "transaction", "order", "ordercompleted")),
                    Map.entry("like", List.of("like", "favorite", "favourite", "love", "thumbsup")),
                    Map.entry(
                            "bookmark",
                            List.of("bookmark", "save", "wishlist", "addtowishlist", "fav")),
                    Map.entry("rating", List.of("rating", "rate", "review")),
                    Map.entry("share", List.of("share", "shared")),
                    Map.entry("comment", List.of("comment", "commentcreated")),
                    Map.entry("follow", List.of("follow", "subscribe")),
                    Map.entry("dislike", List.of("dislike", "thumbsdown")),
                    Map.entry("hide", List.of("hide", "block", "report")));

    private KnownNames() {}

    /** Returns the first of some columns whose name, or last part of it, is a usual one. */
    static Optional<String> column(String member, List<String> columns) {
        for (String name : FIELDS.getOrDefault(member, List.of())) {
            for (String column : columns) {
                if (plain(column).equals(name) || plain(last(column)).equals(name)) {
                    return Optional.of(column);
                }
            }
        }
        return Optional.empty();
    }

    /** Returns Freshet's type for the name of a type; empty where it is not a usual one. */
    static Optional<String> type(String name) {
        return TYPES.entrySet().stream()
                .filter(each -> each.getValue().contains(plain(name)))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }
}
