package dev.freshet.bench.ope;

import dev.freshet.bench.ope.LoggedPlace.Alternative;
import dev.freshet.cli.CommandException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The small sample of the Open Bandit Dataset (Saito et al., arXiv 2008.07146): 10,000 showings of
 * each campaign by each of two policies, one that shows items evenly and one by Thompson sampling.
 */
final class OpenBandit {
    /** The campaigns of which the sample has logs. */
    static final List<String> CAMPAIGNS = List.of("men", "women");

    /** The policy that shows all items evenly. */
    static final String EVEN = "random";

    /** The policy by Thompson sampling. */
    static final String THOMPSON = "bts";

    private static final int MAX_ROWS = 2_000_000;

    private final Path root;

    private OpenBandit(Path root) {
        this.root = root;
    }

    /**
     * One showing.
     *
     * @param place from 0
     */
    record Row(int item, int place, double reward, double propensity) {}

    /**
     * Returns the sample in a folder, or in the folders {@code obd} or {@code open-bandit} of it.
     */
    static OpenBandit in(Path folder) {
        for (String below : List.of("", "obd", "open-bandit/obd")) {
            Path root = folder.resolve(below);
            if (CAMPAIGNS.stream().allMatch(name -> Files.isReadable(file(root, EVEN, name)))) {
                return new OpenBandit(root);
            }
        }
        throw new CommandException(
                "There is no Open Bandit sample in "
                        + folder
                        + "; it has files such as random/men/men.csv.");
    }

    private static Path file(Path root, String policy, String campaign) {
        return root.resolve(policy).resolve(campaign).resolve(campaign + ".csv");
    }

    /** Returns the number of items of a campaign. */
    int items(String campaign) {
        Path file = root.resolve(EVEN).resolve(campaign).resolve("item_context.csv");
        try (var lines = Files.lines(file)) {
            return (int) lines.filter(line -> !line.isBlank()).count() - 1;
        } catch (IOException unreadable) {
            throw new CommandException("There is no readable file " + file + ".", unreadable);
        }
    }

    /** Reads the log of a policy. */
    List<Row> rows(String policy, String campaign) {
        Path file = file(root, policy, campaign);
        List<Row> rows = new ArrayList<>();
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            List<String> header = Arrays.asList(lines.readLine().split(",", -1));
            int item = column(header, "item_id", file);
            int place = column(header, "position", file);
            int click = column(header, "click", file);
            int propensity = column(header, "propensity_score", file);
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] cells = line.split(",", -1);
                Row row = row(cells, item, place, click, propensity);
                if (row == null) {
                    throw new CommandException(
                            file + ": line " + (rows.size() + 2) + " is not a showing.");
                }
                rows.add(row);
                if (rows.size() > MAX_ROWS) {
                    throw new CommandException(
                            file + " has more than " + MAX_ROWS + " rows; use the small sample.");
                }
            }
        } catch (IOException unreadable) {
            throw new CommandException("There is no readable file " + file + ".", unreadable);
        }
        return rows;
    }

    private static int column(List<String> header, String name, Path file) {
        int at = header.indexOf(name);
        if (at < 0) {
            throw new CommandException(file + " has no column " + name + ".");
        }
        return at;
    }

    private static @Nullable Row row(
            String[] cells, int item, int place, int click, int propensity) {
        try {
            Row row =
                    new Row(
                            Integer.parseInt(cells[item]),
                            Integer.parseInt(cells[place]) - 1,
                            Double.parseDouble(cells[click]),
                            Double.parseDouble(cells[propensity]));
            boolean valid =
                    row.item >= 0
                            && row.place >= 0
                            && row.place < ThompsonPolicy.PLACES
                            && row.propensity > 0
                            && row.propensity <= 1;
            return valid ? row : null;
        } catch (NumberFormatException | IndexOutOfBoundsException notAShowing) {
            return null;
        }
    }

    /**
     * Returns showings as lists of one place, with the evaluated policy's probabilities.
     *
     * @param target by place and item
     */
    static List<LoggedList> lists(List<Row> rows, double[][] target, boolean evenly) {
        List<List<Alternative>> pools = new ArrayList<>();
        for (double[] place : target) {
            List<Alternative> pool = new ArrayList<>();
            for (int item = 0; item < place.length; item++) {
                pool.add(new Alternative("" + item, 1.0 / place.length, place[item]));
            }
            pools.add(pool);
        }
        List<LoggedList> lists = new ArrayList<>();
        for (Row row : rows) {
            LoggedPlace place =
                    new LoggedPlace(
                            "" + row.item,
                            row.propensity,
                            target[row.place][row.item],
                            row.reward,
                            evenly ? pools.get(row.place) : List.of());
            lists.add(new LoggedList("" + lists.size(), List.of(place)));
        }
        return lists;
    }
}
