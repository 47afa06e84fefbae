package dev.freshet.cli.cost;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The charges of one month, in dollars. */
public record Bill(List<Line> lines) {

    /**
     * One charge.
     *
     * @param what a phrase for people
     * @param quantity in the unit of the charge's price
     */
    public record Line(Charge charge, String what, double quantity, double dollars) {}

    public Bill {
        lines = List.copyOf(lines);
    }

    /** Returns the sum of all charges. */
    public double total() {
        return lines.stream().mapToDouble(Line::dollars).sum();
    }

    /** Returns the sums by service, in the order of {@link Charge}. */
    public Map<String, Double> byService() {
        Map<String, Double> sums = new LinkedHashMap<>();
        for (Charge charge : Charge.values()) {
            double sum =
                    lines.stream()
                            .filter(line -> line.charge() == charge)
                            .mapToDouble(Line::dollars)
                            .sum();
            if (sum > 0) {
                sums.merge(charge.service(), sum, Double::sum);
            }
        }
        return sums;
    }

    /** Returns a bill with the charges of both. */
    Bill and(Bill other) {
        List<Line> all = new ArrayList<>(lines);
        all.addAll(other.lines);
        return new Bill(all);
    }

    /** Collects the lines of a bill; charges of nothing are left out. */
    static final class Builder {
        private final PriceList prices;
        private final List<Line> lines = new ArrayList<>();

        Builder(PriceList prices) {
            this.prices = prices;
        }

        Builder add(Charge charge, String what, double quantity) {
            if (quantity > 0) {
                lines.add(new Line(charge, what, quantity, prices.of(charge, quantity)));
            }
            return this;
        }

        Bill build() {
            return new Bill(lines);
        }
    }
}
