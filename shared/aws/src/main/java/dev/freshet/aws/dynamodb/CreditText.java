package dev.freshet.aws.dynamodb;

import dev.freshet.example.ListCredit;
import dev.freshet.example.OutcomeKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The credit of a conversion or of a hidden item as a text in its row: kind, hour, position,
 * sources, amount, currency or {@code -}, the length of the placement or −1 where no list is known,
 * then placement and the labels of arms.
 */
final class CreditText {
    private static final String NO_CURRENCY = "-";
    private static final int PARTS = 8;

    /** No label contains it. */
    private static final String ARM_SEPARATOR = ",";

    private CreditText() {}

    static @Nullable String of(@Nullable ListCredit credit) {
        if (credit == null) {
            return null;
        }
        String currency = credit.currency();
        return credit.kind().number()
                + " "
                + credit.hour()
                + " "
                + credit.position()
                + " "
                + credit.sources()
                + " "
                + credit.amount()
                + " "
                + (currency == null ? NO_CURRENCY : currency)
                + " "
                + (credit.attributed() ? credit.placement().length() : -1)
                + " "
                + credit.placement()
                + String.join(ARM_SEPARATOR, credit.arms());
    }

    static @Nullable ListCredit parse(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String[] parts = text.split(" ", PARTS);
        int placement = Integer.parseInt(parts[6]);
        String names = parts[7];
        String arms = names.substring(Math.max(0, placement));
        return new ListCredit(
                OutcomeKind.ofNumber(Integer.parseInt(parts[0])).orElseThrow(),
                placement >= 0,
                names.substring(0, Math.max(0, placement)),
                arms.isEmpty() ? List.of() : List.of(arms.split(ARM_SEPARATOR, -1)),
                Integer.parseInt(parts[1]),
                Integer.parseInt(parts[2]),
                Integer.parseInt(parts[3]),
                true,
                false,
                Long.parseLong(parts[4]),
                parts[5].equals(NO_CURRENCY) ? null : parts[5],
                List.of());
    }
}
