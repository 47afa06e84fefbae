package dev.freshet.house;

import static java.util.stream.Collectors.groupingBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The main classes of all modules, as compiled. */
final class Product {
    static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .withImportOption(location -> !location.contains("-tests.jar"))
                    .withImportOption(location -> !location.contains("/test-classes/"))
                    .withImportOption(location -> !location.contains("/jmh_generated/"))
                    .importPackages("dev.freshet");

    /** The folder of the module in a path such as {@code …/shared/core/target/classes/…}. */
    private static final Pattern MODULE = Pattern.compile("/([a-z]+)/target/");

    private Product() {}

    /** The name of the module that a class belongs to: the last folder of its path. */
    static String module(JavaClass type) {
        String place =
                type.getBaseComponentType()
                        .getSource()
                        .map(source -> source.getUri().toString())
                        .orElse("");
        Matcher matcher = MODULE.matcher(place);
        return matcher.find() ? matcher.group(1) : "";
    }

    static Map<String, List<JavaClass>> modules() {
        return CLASSES.stream().collect(groupingBy(Product::module));
    }
}
