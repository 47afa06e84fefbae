package dev.freshet.house;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which package depends on which, exactly: one entry for each package, sub-packages apart.
 *
 * @param byPackage names without their common base; the packages that each depends on, itself left
 *     out
 */
record Imports(Map<String, Set<String>> byPackage) {

    /** The dependencies among the classes below {@code base}, as compiled. */
    static Imports of(JavaClasses classes, String base) {
        Map<String, Set<String>> found = new TreeMap<>();
        for (JavaClass type : classes) {
            String from = type.getPackageName();
            if (!within(from, base)) {
                continue;
            }
            Set<String> to = found.computeIfAbsent(name(from, base), name -> new TreeSet<>());
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                String target = dependency.getTargetClass().getBaseComponentType().getPackageName();
                if (within(target, base) && !target.equals(from)) {
                    to.add(name(target, base));
                }
            }
        }
        return new Imports(found);
    }

    /**
     * Reads a table of lines {@code package: imported imported …}; lines after {@code #} are notes.
     */
    static Imports parse(List<String> lines) {
        Map<String, Set<String>> table = new TreeMap<>();
        for (String line : lines) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            int colon = line.indexOf(':');
            Set<String> imports =
                    new TreeSet<>(List.of(line.substring(colon + 1).strip().split(" +")));
            imports.remove("");
            table.put(line.substring(0, colon), imports);
        }
        return new Imports(table);
    }

    /** The lines that {@link #parse} reads. */
    List<String> lines() {
        return byPackage.entrySet().stream()
                .map(row -> (row.getKey() + ": " + String.join(" ", row.getValue())).strip())
                .toList();
    }

    /** What is there and not in {@code table}, or in {@code table} and not there, as sentences. */
    List<String> differences(Imports table) {
        List<String> differences = new ArrayList<>();
        Set<String> all = new TreeSet<>(byPackage.keySet());
        all.addAll(table.byPackage.keySet());
        for (String name : all) {
            Set<String> found = byPackage.getOrDefault(name, Set.of());
            Set<String> allowed = table.byPackage.getOrDefault(name, Set.of());
            if (!byPackage.containsKey(name)) {
                differences.add(name + " is a row of the table and no package");
            } else if (!table.byPackage.containsKey(name)) {
                differences.add(name + " is a package without a row");
            }
            found.stream()
                    .filter(to -> !allowed.contains(to))
                    .forEach(to -> differences.add(name + " imports " + to));
            allowed.stream()
                    .filter(to -> !found.contains(to))
                    .forEach(to -> differences.add(name + " no longer imports " + to));
        }
        return differences;
    }

    /** What the outermost packages depend on, each with all that is below it. */
    Imports rooms() {
        Map<String, Set<String>> rooms = new TreeMap<>();
        byPackage.forEach(
                (from, to) -> {
                    String room = room(from);
                    Set<String> imports = rooms.computeIfAbsent(room, name -> new TreeSet<>());
                    to.stream()
                            .map(Imports::room)
                            .filter(other -> !other.equals(room))
                            .forEach(imports::add);
                });
        return new Imports(rooms);
    }

    private static String room(String name) {
        return name.contains(".") ? name.substring(0, name.indexOf('.', 1)) : name;
    }

    /** One cycle of packages, the first again at its end; empty where there is none. */
    List<String> cycle() {
        Set<String> done = new TreeSet<>();
        for (String start : byPackage.keySet()) {
            List<String> found = cycle(start, new ArrayList<>(), done);
            if (!found.isEmpty()) {
                return found;
            }
        }
        return List.of();
    }

    private List<String> cycle(String at, List<String> path, Set<String> done) {
        int before = path.indexOf(at);
        if (before >= 0) {
            List<String> cycle = new ArrayList<>(path.subList(before, path.size()));
            cycle.add(at);
            return cycle;
        }
        if (done.contains(at)) {
            return List.of();
        }
        path.add(at);
        for (String to : byPackage.getOrDefault(at, Set.of())) {
            List<String> found = cycle(to, path, done);
            if (!found.isEmpty()) {
                return found;
            }
        }
        path.removeLast();
        done.add(at);
        return List.of();
    }

    private static boolean within(String name, String base) {
        return name.equals(base) || name.startsWith(base + ".");
    }

    private static String name(String full, String base) {
        return full.equals(base) ? "." : full.substring(base.length() + 1);
    }
}
