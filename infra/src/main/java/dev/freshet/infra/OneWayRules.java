package dev.freshet.infra;

import dev.freshet.aws.option.StackOption;
import dev.freshet.aws.option.StackOptions;
import dev.freshet.aws.option.StackSettings;
import java.util.Locale;
import java.util.Set;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.CfnRule;
import software.amazon.awscdk.Fn;
import software.constructs.Construct;

/**
 * What makes CloudFormation itself refuse, before it touches anything, an update that changes an
 * option of which every change loses something: whoever deploys the template, with whichever
 * credentials, and with or without a look at the stack.
 *
 * <p>A parameter with the option's value as its default takes it when the stack is made; updates by
 * the CDK and by {@code aws cloudformation deploy} leave a parameter at its previous value. A rule
 * asserts that the parameter is the value of the template. A deployment that is allowed to change
 * the option has no such parameter, and the one after it takes the new value.
 *
 * <p>An option that may change in one direction cannot be held so, because the parameter would stay
 * at the first value: these are compared at synthesis alone, by {@link
 * dev.freshet.aws.DeployedOptions}.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/rules-section-structure.html">Rules</a>
 */
final class OneWayRules {
    private OneWayRules() {}

    /**
     * Adds parameters and rules.
     *
     * @param allowed the names of options that this deployment may change
     */
    static void add(Construct scope, StackSettings settings, Set<String> allowed) {
        for (StackOption<?> option : StackOptions.all()) {
            for (StackOption.Consequence each : option.consequences()) {
                if (each.oneWay() && each.when().isEmpty() && !allowed.contains(option.name())) {
                    add(
                            scope,
                            option.name(),
                            settings.written(option).orElse("none"),
                            each.words());
                }
            }
        }
    }

    private static void add(Construct scope, String name, String value, String lost) {
        String id = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
        CfnParameter deployed =
                CfnParameter.Builder.create(scope, "Deployed" + id)
                        .description(name + " since the stack was made; leave it as it is")
                        .defaultValue(value)
                        .build();
        CfnRule.Builder.create(scope, "Keep" + id)
                .build()
                .addAssertion(
                        Fn.conditionEquals(deployed.getValueAsString(), value),
                        "%s is %s in the template, and another value in the stack. %s Give the value of the stack, or -c allow=%s for this deployment."
                                .formatted(name, value, lost, name));
    }
}
