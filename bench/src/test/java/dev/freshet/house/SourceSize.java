package dev.freshet.house;

import java.util.List;

/**
 * The size of Java sources.
 *
 * @param files number of files
 * @param code lines that are not blank and neither comment, import nor package line
 * @param comments lines of comments
 */
record SourceSize(int files, int code, int comments) {
    static final SourceSize NONE = new SourceSize(0, 0, 0);

    /** Returns the size of one file. */
    static SourceSize of(List<String> lines) {
        int code = 0;
        int comments = 0;
        boolean inComment = false;
        for (String raw : lines) {
            String line = raw.strip();
            if (inComment || line.startsWith("/*")) {
                comments++;
                inComment = !line.contains("*/");
            } else if (line.startsWith("//")) {
                comments++;
            } else if (!line.isEmpty()
                    && !line.startsWith("import ")
                    && !line.startsWith("package ")) {
                code++;
            }
        }
        return new SourceSize(1, code, comments);
    }

    SourceSize plus(SourceSize other) {
        return new SourceSize(files + other.files, code + other.code, comments + other.comments);
    }

    /** Returns the number of lines of comments to a line of code. */
    double commentShare() {
        return code == 0 ? 0 : (double) comments / code;
    }
}
