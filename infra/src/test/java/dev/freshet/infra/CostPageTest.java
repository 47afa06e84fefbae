package dev.freshet.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.cli.cost.Bill;
import dev.freshet.cli.cost.Charge;
import dev.freshet.cli.cost.CostModel;
import dev.freshet.cli.cost.MeasuredUnits;
import dev.freshet.cli.cost.PriceList;
import dev.freshet.cli.cost.StackTemplate;
import dev.freshet.cli.cost.Workload;
import dev.freshet.testkit.GeneratedPage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/**
 * Holds the figures of {@code docs/deploy.md} to the bills that {@code freshet cost} computes;
 * {@code -Dfreshet.update=true} writes them anew.
 */
class CostPageTest {
    private static final Path PAGE = Path.of("..", "docs", "deploy.md");
    private static final String BEGIN = "<!-- costs: generated -->\n";
    private static final String END = "<!-- end of costs -->";

    private static final PriceList PRICES = PriceList.load();
    private static final MeasuredUnits UNITS = MeasuredUnits.load();

    private final CostModel dev = model(Synthesized.dev());
    private final CostModel prod = model(Synthesized.prod());
    private final CostModel http = model(Synthesized.http());

    @Test
    void thePageShowsTheBills() throws IOException {
        GeneratedPage.assertGenerated(PAGE, BEGIN, figures(), END);
    }

    @Test
    void theCommandsTemplatesCostWhatThoseOfADeploymentDo() throws IOException {
        Path folder = Synthesized.scratch();
        List<String> written = new ArrayList<>();
        CostTemplates.write(
                new ObjectMapper().readTree("{\"prod\":{\"stage\":\"prod\"},\"dev\":{}}"),
                Synthesized.packages(folder),
                folder,
                written::add);

        assertThat(written).containsExactly("prod", "dev");
        assertThat(byPhrase(written(folder, "dev").idle())).isEqualTo(byPhrase(dev.idle()));
        Workload load = Workload.of(100, 20);
        assertThat(byPhrase(written(folder, "prod").of(load))).isEqualTo(byPhrase(prod.of(load)));
    }

    private static CostModel written(Path folder, String name) throws IOException {
        Path template = folder.resolve(name).resolve("Freshet.template.json");
        return new CostModel(
                new StackTemplate(new ObjectMapper().readTree(template.toFile())), UNITS, PRICES);
    }

    @Test
    void aLakeCostsCentsWhileNothingComes() {
        double alarms = PRICES.of(Charge.CLOUDWATCH_ALARM, 5);
        double more =
                model(Synthesized.with(Map.of("lake", "true"))).idle().total() - dev.idle().total();

        assertThat(more - alarms).isBetween(0.08, 0.12);
    }

    @Test
    void aLakeOfAHundredEventsASecondCostsWhatItsPartsCost() {
        CostModel lake = model(Synthesized.with(Map.of("lake", "true")));
        Map<String, Double> lines = byPhrase(lake.of(Workload.of(100, 20)));

        assertThat(lines.get("delivery to the lake")).isCloseTo(8.3, within(0.1));
        assertThat(
                        lines.getOrDefault("running Lake", 0.0)
                                + lines.getOrDefault("invocations of Lake", 0.0))
                .isCloseTo(0.24, within(0.02));
        assertThat(lines.get("profiles for the lake")).isCloseTo(16.4, within(0.1));
        assertThat(lines.get("400 days in the lake")).isCloseTo(4.8, within(0.1));
        assertThat(lines.get("named queries each night")).isCloseTo(23.7, within(0.1));
        assertThat(lines.get("deleting rows of erased people each night"))
                .isCloseTo(11.6, within(0.1));
    }

    @Test
    void aMillionListsInBulkCostsLessThanADollarAndTheirTransfer() {
        Bill bill = model(Synthesized.bulk()).millionInBulk().orElseThrow();
        Map<String, Double> lines = byPhrase(bill);

        assertThat(lines.get("running Bulk")).isCloseTo(0.27, within(0.01));
        assertThat(lines.get("reads of Bulk")).isCloseTo(0.31, within(0.01));
        assertThat(bill.total() - lines.getOrDefault("taking lists out of AWS", 0.0))
                .isBetween(0.55, 0.7);
        assertThat(prod.millionInBulk()).isEmpty();
        assertThat(
                        model(Synthesized.bulk()).idle().total()
                                - model(Synthesized.masked()).idle().total())
                .as("nothing while nothing runs")
                .isCloseTo(0, within(0.001));
    }

    @Test
    void batchJobsCostCentsWhileNothingComesAndARunADollarOrSo() {
        CostModel batch = model(Synthesized.with(Map.of("lake", "true", "batch", "true")));
        double idle = model(Synthesized.with(Map.of("lake", "true"))).idle().total();
        double alarms = PRICES.of(Charge.CLOUDWATCH_ALARM, 2);

        assertThat(batch.idle().total() - idle - alarms).isBetween(0.04, 0.1);
        assertThat(batch.batchRun().orElseThrow().total()).isCloseTo(0.41, within(0.01));
        assertThat(prod.batchRun()).isEmpty();
    }

    private static CostModel model(Synthesized stack) {
        return new CostModel(new StackTemplate(stack.template()), UNITS, PRICES);
    }

    private String figures() {
        StringBuilder text = new StringBuilder();
        text.append(
                ("%nList prices of %s in %s; units measured on %s; a month of 730 hours.%n%n"
                                + "Idle, in $ a month:%n%n| | dev | prod |%n|---|---|---|%n")
                        .formatted(PRICES.asOf(), PRICES.region(), UNITS.measured()));
        Map<String, Double> ofDev = byPhrase(dev.idle());
        Map<String, Double> ofProd = byPhrase(prod.idle());
        Set<String> phrases = new LinkedHashSet<>(ofProd.keySet());
        phrases.addAll(ofDev.keySet());
        for (String phrase : phrases) {
            row(text, phrase, ofDev.getOrDefault(phrase, 0.0), ofProd.getOrDefault(phrase, 0.0));
        }
        row(text, "**together**", dev.idle().total(), prod.idle().total());
        text.append(
                "%nIn use, in $ a month, a prod stack; five events a request, one of five an impression, one of twenty a click on a list, one recommendation to five events:%n%n"
                        .formatted());
        List<Workload> loads =
                List.of(Workload.of(1, 0.2), Workload.of(100, 20), Workload.of(10_000, 2_000));
        text.append("| | 1 event/s | 100 | 10,000 |%n|---|---|---|---|%n".formatted());
        List<Bill> bills = loads.stream().map(prod::of).toList();
        Set<String> services = new LinkedHashSet<>();
        bills.forEach(bill -> services.addAll(bill.byService().keySet()));
        for (String service : services) {
            row(text, service, bills, bill -> bill.byService().getOrDefault(service, 0.0));
        }
        row(text, "**together**", bills, Bill::total);
        text.append(
                "%nA million more of each, at 100 events a second, in $, by [API type](#api-type):%n%n| | REST API | HTTP API |%n|---|---|---|%n"
                        .formatted());
        row(text, "events, 5 a request", prod.perMillionEvents(5), http.perMillionEvents(5));
        row(text, "events, 20 a request", prod.perMillionEvents(20), http.perMillionEvents(20));
        row(
                text,
                "recommendations",
                prod.perMillionRecommendations(),
                http.perMillionRecommendations());
        return text.append('\n').toString();
    }

    private static Map<String, Double> byPhrase(Bill bill) {
        Map<String, Double> sums = new LinkedHashMap<>();
        bill.lines().forEach(line -> sums.merge(line.what(), line.dollars(), Double::sum));
        return sums;
    }

    private static void row(
            StringBuilder text, String what, List<Bill> bills, ToDoubleFunction<Bill> dollars) {
        row(text, what, bills.stream().mapToDouble(dollars).toArray());
    }

    private static void row(StringBuilder text, String what, double... dollars) {
        text.append("| ").append(what).append(" |");
        for (double one : dollars) {
            text.append(String.format(Locale.ROOT, " %,.2f |", one));
        }
        text.append('\n');
    }
}
