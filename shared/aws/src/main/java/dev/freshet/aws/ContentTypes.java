package dev.freshet.aws;

import java.util.Map;

/** The media types of files of a site and of objects, by the ending of their name. */
public final class ContentTypes {
    private static final Map<String, String> BY_ENDING =
            Map.of(
                    "html", "text/html; charset=utf-8",
                    "js", "text/javascript; charset=utf-8",
                    "css", "text/css; charset=utf-8",
                    "json", "application/json",
                    "svg", "image/svg+xml",
                    "png", "image/png",
                    "ico", "image/x-icon",
                    "gz", "application/gzip",
                    "woff2", "font/woff2");

    private ContentTypes() {}

    /** Returns the type of a file, {@code application/octet-stream} if its ending is not known. */
    public static String of(String fileName) {
        return BY_ENDING.getOrDefault(
                fileName.substring(fileName.lastIndexOf('.') + 1), "application/octet-stream");
    }
}
