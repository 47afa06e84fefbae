package dev.freshet.casestudy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** A small file in DeskDrop's format: 12 people, 30 articles, some weeks. */
final class MadeUpLog {
    static final String HEADER =
            "timestamp,eventType,contentId,personId,sessionId,userAgent,userRegion,userCountry";

    private static final long START = 1_480_000_000L;
    private static final int PEOPLE = 12;
    private static final int ARTICLES = 30;
    private static final List<String> OTHERS =
            List.of("LIKE", "BOOKMARK", "FOLLOW", "COMMENT CREATED");

    private MadeUpLog() {}

    /** Returns lines out of order, as the file has them. */
    static List<String> lines(int sessions, int days, long seed) {
        Random random = new Random(seed);
        List<String> lines = new ArrayList<>();
        for (int session = 0; session < sessions; session++) {
            long at = START + random.nextInt(days * 86_400);
            int person = random.nextInt(PEOPLE);
            int actions = 1 + random.nextInt(3);
            for (int i = 0; i < actions; i++) {
                int article = random.nextInt(1 + random.nextInt(ARTICLES));
                String type =
                        random.nextInt(5) > 0 ? "VIEW" : OTHERS.get(random.nextInt(OTHERS.size()));
                lines.add(
                        "%d,%s,%d,-%d,%d,\"Mozilla/5.0 (X11, like)\",SP,BR"
                                .formatted(
                                        at + 40L * i, type, 1000 + article, 1 + person, session));
            }
        }
        Collections.shuffle(lines, random);
        return lines;
    }

    /** Writes a file into a folder, and returns the folder. */
    static Path write(Path folder, List<String> lines) throws IOException {
        Files.writeString(
                folder.resolve(DeskdropLog.FILE), HEADER + "\n" + String.join("\n", lines) + "\n");
        return folder;
    }
}
