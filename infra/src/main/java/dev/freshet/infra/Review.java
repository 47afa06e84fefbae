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
 * Holds every stack that is synthesized against cdk-nag's rules for AWS solutions. What is neither
 * kept nor {@link Acknowledged} ends the build, and a deployment before it begins. The assembly
 * gets a report of every rule at every resource: {@code AwsSolutions-STACK-NagReport.json}.
 *
 * @see <a href="https://github.com/cdklabs/cdk-nag/blob/main/RULES.md">the rules</a>
 */
final class Review {
    /** What its messages begin with: a rule's name, or that a rule could not be applied. */
    private static final List<String> ITS_MESSAGES =
            List.of("AwsSolutions-", "CdkNagValidationFailure");

    private Review() {}

    /** Has the app reviewed when it is synthesized; takes about two seconds. */
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
     * What is not as it should be, of any level: the rule, what it points at and why, and the
     * construct's path.
     *
     * @param folder of the assembly
     * @throws IOException if it was not written there
     */
    static List<String> findings(Path folder) throws IOException {
        List<String> findings = new ArrayList<>();
        JsonNode byPath =
                new ObjectMapper()
                        .readTree(folder.resolve(FreshetApp.STACK_ID + ".metadata.json").toFile());
        byPath.properties()
                .forEach(
                        at ->
                                at.getValue()
                                        .forEach(
                                                message -> {
                                                    String text = message.path("data").asText();
                                                    if (ITS_MESSAGES.stream()
                                                            .anyMatch(text::startsWith)) {
                                                        findings.add(at.getKey() + ": " + text);
                                                    }
                                                }));
        return List.copyOf(findings);
    }
}
