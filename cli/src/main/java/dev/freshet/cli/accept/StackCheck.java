package dev.freshet.cli.accept;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.freshet.console.CommandException;
import dev.freshet.json.WireName;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * One thing that is tried on a stack.
 *
 * @param id step and name, such as {@code lists.restore}
 * @param page the page that helps where it fails, below docs/, such as {@code operate.md#alarms}
 * @param body tries it
 * @param off says why a stack is not tried; empty where it is
 */
record StackCheck(String id, String page, Body body, Function<Stack, Optional<String>> off) {
    /** Tries something, and returns what a person may want to know, such as a version. */
    interface Body {
        /**
         * Runs the check.
         *
         * @throws Exception any, where the check fails; its message says why
         */
        String run(Trial trial) throws Exception;
    }

    /** How a check ended. */
    enum Outcome implements WireName {
        OK,
        FAIL,
        SKIP
    }

    /**
     * What a check gave.
     *
     * @param detail what a person may want to know, why it failed, or why it was not tried
     * @param page that helps; empty unless it failed
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Result(String id, Outcome outcome, double seconds, String detail, String page) {
        /** Returns the line for a person. */
        String line() {
            String time = String.format(Locale.ROOT, seconds < 10 ? "%.2f s" : "%.0f s", seconds);
            return switch (outcome) {
                case SKIP -> "skip %s %s".formatted(id, detail);
                case OK -> "ok %s %s %s".formatted(id, time, detail).strip();
                case FAIL -> "FAIL %s %s %s → docs/%s".formatted(id, time, detail, page);
            };
        }
    }

    /** Returns a check of every stack. */
    static StackCheck check(String id, String page, Body body) {
        return new StackCheck(id, page, body, stack -> Optional.empty());
    }

    /**
     * Returns this check for fewer stacks.
     *
     * @param otherwise why the others are not tried
     */
    StackCheck where(String otherwise, Predicate<Stack> tried) {
        Optional<String> why = Optional.of(otherwise);
        return new StackCheck(
                id,
                page,
                body,
                stack -> off.apply(stack).or(() -> tried.test(stack) ? Optional.empty() : why));
    }

    /** Returns this check for stacks on AWS. */
    StackCheck onAws() {
        return where("only AWS has it", Stack::isDeployed);
    }

    /** Returns this check for stacks on AWS with an output. */
    StackCheck withOutput(String name) {
        return onAws().where("off", stack -> stack.outputs().containsKey(name));
    }

    /** Returns this check for stacks on AWS with a resource of a type. */
    StackCheck withResource(String type) {
        return onAws().where("off", stack -> !stack.resources(type).isEmpty());
    }

    /** Returns this check for stacks on AWS with a function. */
    StackCheck withFunction(String id) {
        return onAws().where("off", stack -> stack.resources(Stack.FUNCTION).containsKey(id));
    }

    /** Returns whether an id of the command line names this check or its step. */
    boolean isNamed(String only) {
        return id.equals(only) || id.startsWith(only + ".");
    }

    /**
     * Runs the check.
     *
     * @throws InterruptedException if the run is to stop
     */
    Result run(Trial trial) throws InterruptedException {
        Optional<String> why = off.apply(trial.stack);
        if (why.isPresent()) {
            return new Result(id, Outcome.SKIP, 0, why.get(), "");
        }
        long start = System.nanoTime();
        try {
            String detail = body.run(trial);
            return new Result(id, Outcome.OK, Trial.millis(start) / 1e3, detail, "");
        } catch (InterruptedException stopped) {
            throw stopped;
        } catch (Exception failed) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            String name = failed.getClass().getSimpleName() + ": ";
            String sentence = String.valueOf(failed.getMessage()).replaceAll("\\s+", " ");
            String detail = failed instanceof CommandException ? sentence : name + sentence;
            return new Result(id, Outcome.FAIL, Trial.millis(start) / 1e3, detail, page);
        }
    }
}
