package dev.freshet.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The terms of the code are those of the field; a file keeps the list of retired ones. */
class VocabularyTest {
    private static final Path RETIRED =
            Path.of("src/test/resources/dev/freshet/house/retired-names.txt");

    /**
     * Words of the list that are in ordinary use for something else: a reader that reads input, an
     * effect, what is known or taken.
     */
    private static final Set<String> ORDINARY =
            Set.of(
                    """
                    reader met known serving reflects nearby taken effect face entrance
                    given guards board marks act entries draft place credit losses because
                    held door visit answers keeping alternatives collection pace situation
                    retention movement ln habits tops safeguards wording
                    """
                            .split("\\s+"));

    private static final Pattern WORD = Pattern.compile("[A-Z]?[a-z]+|[A-Z]+(?![a-z])");

    /** Sentences that a description must not begin with, because they need the one before. */
    private static final Pattern DEPENDENT =
            Pattern.compile("(?:/\\*\\*|^ *\\*) +(The same\\b|Likewise\\b|As \\{@link\\b)");

    @Test
    void noClassHasARetiredName() throws IOException {
        Set<String> retired = retired();
        Set<String> found = new TreeSet<>();
        for (JavaClass type : Product.CLASSES) {
            String name = type.getSimpleName();
            boolean ordinary =
                    !type.isTopLevelClass() && ORDINARY.contains(name.toLowerCase(Locale.ROOT));
            if (retired.contains(name) && !ordinary) {
                found.add(type.getFullName());
            }
        }

        assertThat(retired).contains("Taste", "Respite", "Countings").hasSizeGreaterThan(30);
        assertThat(found).isEmpty();
    }

    @Test
    void noMemberIsNamedByARetiredWord() throws IOException {
        Set<String> words = new TreeSet<>();
        retired().forEach(name -> words.add(name.toLowerCase(Locale.ROOT)));
        words.removeAll(ORDINARY);
        Set<String> found = new TreeSet<>();
        for (JavaClass type : Product.CLASSES) {
            Stream.concat(
                            type.getFields().stream().map(field -> field.getName()),
                            type.getMethods().stream().map(method -> method.getName()))
                    .filter(name -> !name.contains("$"))
                    .filter(name -> hasWord(name, words))
                    .forEach(name -> found.add(type.getFullName() + "." + name));
        }

        assertThat(words).contains("taste", "meeting", "lessons");
        assertThat(found).isEmpty();
    }

    @Test
    void everyDescriptionStandsAlone() throws IOException {
        List<Path> sources = Checkout.files(".java");
        sources.removeIf(file -> !file.toString().contains("/src/main/java/"));
        List<String> found = new ArrayList<>();
        for (Path file : sources) {
            List<String> lines = Files.readAllLines(file);
            for (int at = 0; at < lines.size(); at++) {
                if (DEPENDENT.matcher(lines.get(at)).find()) {
                    found.add(Checkout.FOLDER.relativize(file) + ":" + (at + 1) + lines.get(at));
                }
            }
        }

        assertThat(sources).hasSizeGreaterThan(500);
        assertThat(found).isEmpty();
    }

    @Test
    void aDependentDescriptionIsFound() {
        assertThat(DEPENDENT.matcher("    /** The same, for items. */").find()).isTrue();
        assertThat(DEPENDENT.matcher("     * Likewise of tags.").find()).isTrue();
        assertThat(DEPENDENT.matcher("    /** As {@link #size}, of tags. */").find()).isTrue();
        assertThat(DEPENDENT.matcher("    /** Returns the same model. */").find()).isFalse();
    }

    /** The names in the first column of the file of retired ones. */
    private static Set<String> retired() throws IOException {
        Set<String> names = new TreeSet<>();
        for (String line : Files.readAllLines(RETIRED)) {
            if (line.startsWith("#")) {
                continue;
            }
            String cell = line.split("\\|", -1)[0].strip().replaceAll("\\(.*?\\)", "");
            for (String part : cell.split("[;,]| and | signals? | classes ", -1)) {
                String name = part.strip().replaceAll("^.*[ .]", "");
                if (name.matches("[A-Za-z]{2,}")
                        && !Set.of("retired", "the", "two").contains(name)) {
                    names.add(name);
                }
            }
        }
        return names;
    }

    private static boolean hasWord(String name, Set<String> words) {
        Matcher matcher = WORD.matcher(name);
        while (matcher.find()) {
            if (words.contains(matcher.group().toLowerCase(Locale.ROOT))) {
                return true;
            }
        }
        return false;
    }
}
