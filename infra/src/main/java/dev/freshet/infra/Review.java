package dev.freshet.infra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import io.github.cdklabs.cdknag.NagReportFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Aspects;

/**
 * Checks every synthesized stack by the AwsSolutions rules of cdk-nag. A violation that is not
 * {@link Acknowledged} fails the build, and a deployment before it begins. The assembly contains a
 * report of every rule at every resource: {@code AwsSolutions-STACK-NagReport.json}.
 *
 * @see <a href="https://github.com/cdklabs/cdk-nag/blob/main/RULES.md">the rules</a>
 */
final class Review {
    /**
     * The beginnings of cdk-nag's messages: the name of a rule, or that a rule could not be
     * applied.
     */
    private static final List<String> ITS_MESSAGES =
            List.of("AwsSolutions-", "CdkNagValidationFailure");

    private Review() {}

    /** Makes the app run the rules when it is synthesized, which takes about two seconds. */
    static void of(App app) {
        Aspects.of(app)
                .add(
                        AwsSolutionsChecks.Builder.create()
                                .verbose(true)
                                .reports(true)
                                .reportFormats(List.of(NagReportFormat.JSON))
                                .build());
    }

    /**
     * Returns the findings of every level, each with the path of the construct, the rule, the
     * detail and the reason.
     *
     * @param folder the folder of the assembly
     * @throws IOException if the folder contains no assembly
     */
    static List<String> findings(Path folder) throws IOException {
        List<String> findings = new ArrayList<>();
        JsonNode byPath =
                new ObjectMapper()
                        .readTree(folder.resolve(FreshetApp.STACK_ID + ".metadata.json").toFile());
        byPath.forEachEntry(
                (path, messages) ->
                        messages.findValuesAsText("data").stream()
                                .filter(text -> ITS_MESSAGES.stream().anyMatch(text::startsWith))
                                .forEach(text -> findings.add(path + ": " + text)));
        return List.copyOf(findings);
    }
}
