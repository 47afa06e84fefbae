package dev.freshet.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Which room of the recommender may import which: left to right along the flow, and never back. */
enum ImportTable {
    EVENT,
    ACCESS(EVENT),
    QUERY(EVENT),
    FEATURE(EVENT, QUERY),
    MODEL(EVENT, QUERY, FEATURE),
    CANDIDATE(EVENT, QUERY, FEATURE, MODEL),
    RANKING(EVENT, QUERY, FEATURE, MODEL, CANDIDATE),
    STREAM(EVENT, FEATURE, MODEL),
    RECOMMEND(EVENT, QUERY, FEATURE, MODEL, CANDIDATE, RANKING),
    STORAGE(EVENT, ACCESS, QUERY, FEATURE, MODEL, STREAM);

    @SuppressWarnings("ImmutableEnumChecker") // Set.copyOf
    private final Set<ImportTable> imports;

    ImportTable(ImportTable... imports) {
        this.imports = Set.copyOf(Arrays.asList(imports));
    }

    /** The rule of this row, for rooms that are packages right below {@code base}. */
    ArchRule rule(String base) {
        var forbidden = EnumSet.allOf(ImportTable.class);
        forbidden.remove(this);
        forbidden.removeAll(imports);
        return noClasses()
                .that()
                .resideInAPackage(within(base))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        forbidden.stream().map(room -> room.within(base)).toArray(String[]::new))
                .as(room() + " imports nothing of " + names(forbidden))
                .allowEmptyShould(true);
    }

    /** The name of the package, without its base. */
    String room() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Stream<String> rooms() {
        return Stream.of(values()).map(ImportTable::room);
    }

    private String within(String base) {
        return base + "." + room() + "..";
    }

    private static List<String> names(Set<ImportTable> rooms) {
        return rooms.stream().map(ImportTable::room).toList();
    }
}
