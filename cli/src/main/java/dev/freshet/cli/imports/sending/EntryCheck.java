package dev.freshet.cli.imports.sending;

import dev.freshet.cli.imports.entry.ApiRules;
import dev.freshet.cli.imports.entry.ImportEntry;
import java.util.List;

/** Counts what the API would accept and refuse, and sends nothing. */
public final class EntryCheck implements EntrySink {
    private static final int ROOM = 1_000;

    private final ApiRules rules;
    private final Account account;

    public EntryCheck(ApiRules rules, Account account) {
        this.rules = rules;
        this.account = account;
    }

    @Override
    public int room() {
        return ROOM;
    }

    @Override
    public void take(List<ImportEntry> entries) {
        for (ImportEntry entry : entries) {
            rules.check(entry).ifPresentOrElse(account::refuse, () -> accept(entry));
        }
    }

    private void accept(ImportEntry entry) {
        switch (entry) {
            case ImportEntry.OfEvent _ -> account.acceptEvents(1);
            case ImportEntry.OfItem _ -> account.acceptItems(1);
            case ImportEntry.OfUser _ -> account.acceptUser();
            case ImportEntry.OfAlias _ -> {}
            case ImportEntry.Skipped(_, var reason) -> account.skip(reason);
            case ImportEntry.Unreadable _ -> throw new IllegalStateException("is always refused");
        }
    }

    @Override
    public void close() {}
}
