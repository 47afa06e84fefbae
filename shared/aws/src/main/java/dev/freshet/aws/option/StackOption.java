package dev.freshet.aws.option;

import dev.freshet.aws.option.OptionValues.EnvironmentVariable;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * The definition of an option of a stack. The owner gives an option as CDK context ({@code -c
 * stage=prod}); the stack hands it to functions as an environment variable if it has one.
 *
 * @param <T> the type of the option's values
 * @param name the option's name in the CDK context
 * @param type the allowed values
 * @param meaning one or more sentences in Markdown that say what the option does
 * @param fallback the default; empty if there is none
 * @param passing how functions receive the option; empty if none does
 * @param consequences what a change of a deployed stack's value costs; empty if it costs nothing
 */
public record StackOption<T>(
        String name,
        OptionType<T> type,
        String meaning,
        Optional<Default<T>> fallback,
        Optional<Passing> passing,
        List<Consequence> consequences)
        implements EnvironmentVariable {

    /**
     * The default of an option.
     *
     * @param value returns the default, which may depend on other options
     * @param words the default in Markdown
     */
    public record Default<T>(Function<OptionValues, T> value, String words) {}

    /**
     * The environment variable of an option.
     *
     * @param variable the name of the variable
     * @param functions the functions that receive it; what {@link StackFunction#RECOMMEND}
     *     receives, {@link StackFunction#BULK} receives too, which makes the same lists
     * @param onlyIfGiven whether the variable is left out where the owner does not give the option
     */
    public record Passing(String variable, Set<StackFunction> functions, boolean onlyIfGiven) {
        public Passing {
            EnumSet<StackFunction> all = EnumSet.copyOf(functions);
            if (all.contains(StackFunction.RECOMMEND)) {
                all.add(StackFunction.BULK);
            }
            functions = Collections.unmodifiableSet(all);
        }
    }

    /**
     * What the change of an option costs a stack that is deployed: data, an address, a reader.
     *
     * @param when whether a change from one value to another costs it, by their texts; empty if
     *     every change does
     * @param oneWay whether the former value does not bring back what is lost, so that the change
     *     is refused unless its owner allows it
     * @param words one or more sentences; empty if it costs nothing
     */
    public record Consequence(
            Optional<BiPredicate<String, String>> when, boolean oneWay, String words) {}

    /** Returns what a change from one value to another costs. */
    Consequence consequence(String from, String to) {
        return consequences.stream()
                .filter(each -> each.when().map(when -> when.test(from, to)).orElse(true))
                .findFirst()
                .orElse(new Consequence(Optional.empty(), false, ""));
    }

    /** Returns whether some change of the option is refused unless it is allowed. */
    public boolean isOneWay() {
        return consequences.stream().anyMatch(Consequence::oneWay);
    }

    /**
     * Returns the name of the option's environment variable.
     *
     * @throws IllegalStateException if it has none
     */
    @Override
    public String variable() {
        return passing.map(Passing::variable)
                .orElseThrow(
                        () -> new IllegalStateException(name + " has no environment variable"));
    }

    /** Returns the option's default, given the values of other options; empty if it has none. */
    public Optional<T> defaultValue(OptionValues others) {
        return fallback.map(value -> value.value().apply(others));
    }

    /**
     * Reads a value of this option.
     *
     * @throws IllegalArgumentException with a sentence that names the option and its values
     */
    T parse(String text) {
        return type.parse(text).orElseThrow(() -> new IllegalArgumentException(refusal(text)));
    }

    /** Returns the sentence that refuses a value of this option. */
    String refusal(String text) {
        return "%s must be %s, not '%s'.".formatted(name, type.values(), text);
    }

    @Override
    public String toString() {
        return name;
    }
}
