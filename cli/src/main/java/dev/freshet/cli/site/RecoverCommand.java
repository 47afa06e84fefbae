package dev.freshet.cli.site;

import dev.freshet.aws.Clients;
import dev.freshet.aws.Setting;
import dev.freshet.aws.dynamodb.TableCopy;
import dev.freshet.aws.dynamodb.TableCopy.Rule;
import dev.freshet.aws.s3.ObjectRecovery;
import dev.freshet.aws.s3.S3ObjectStore;
import dev.freshet.cli.connection.DeploymentOptions;
import dev.freshet.cli.connection.DeploymentOptions.NamedSettings;
import dev.freshet.console.CommandException;
import dev.freshet.console.Output;
import dev.freshet.features.UserStores;
import dev.freshet.functions.runtime.StackStores;
import dev.freshet.profile.Tombstone;
import dev.freshet.store.StoreUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.TableAlreadyExistsException;
import software.amazon.awssdk.services.dynamodb.model.TableInUseException;

/** {@code freshet recover}: brings back rows of a table, or objects of the model log. */
@Command(
        name = "recover",
        mixinStandardHelpOptions = true,
        description = {
            "Brings back what a table or the model bucket of a stack has lost, while the stack runs.",
            "--table has DynamoDB restore the table as it was at a time beside the stack's, and"
                    + " copies what that one lacks: rows written since stay, and users who were"
                    + " erased since do not return.",
            "--bucket brings back objects of the current model that were deleted or overwritten.",
            "A recovery that was interrupted is run again. Recovering again changes nothing."
        })
public final class RecoverCommand implements Callable<Integer> {
    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final int MAX_LOOKS = 20_000;
    private static final int MAX_RATE = 10_000;

    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init")
    private What what;

    /** What is to be brought back. */
    private static final class What {
        @Option(
                names = "--table",
                description =
                        "Users, Interactions, Exposures, Items, Experiments, Keys, Outcomes or"
                                + " Trends.")
        @Nullable TableName table;

        @Option(names = "--bucket", description = "The objects of the current model.")
        boolean bucket;
    }

    /** A table whose rows can be copied. Older rows of Models would not fit to those since. */
    private enum TableName {
        USERS(Setting.USERS_TABLE, Rule.FILLED),
        INTERACTIONS(Setting.INTERACTIONS_TABLE, Rule.MISSING),
        EXPOSURES(Setting.EXPOSURES_TABLE, Rule.MISSING),
        ITEMS(Setting.ITEMS_TABLE, Rule.HIGHER_VERSION),
        EXPERIMENTS(Setting.EXPERIMENTS_TABLE, Rule.HIGHER_REVISION),
        KEYS(Setting.KEYS_TABLE, Rule.HIGHER_REVISION),
        OUTCOMES(Setting.OUTCOMES_TABLE, Rule.LATER_MODEL),
        TRENDS(Setting.TRENDS_TABLE, Rule.LATER_MODEL);

        private final Setting setting;
        private final Rule rule;

        TableName(Setting setting, Rule rule) {
            this.setting = setting;
            this.rule = rule;
        }
    }

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description =
                    "The time to return to, before the damage, such as 2026-11-25T12:00:00Z; in the"
                            + " last 35 days.")
    private @Nullable Instant at;

    @Option(
            names = "--from-table",
            paramLabel = "NAME",
            description =
                    "Copy from this table, which is as of --at already: restored by AWS Backup, or"
                            + " copied on a local cloud.")
    private @Nullable String fromTable;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "500",
            description = "Most rows a second. Default: ${DEFAULT-VALUE}.")
    private int rate;

    @Option(
            names = "--dry-run",
            description = "Restore beside and count what would be copied; change nothing else.")
    private boolean dryRun;

    @Option(
            names = "--yes",
            description = "Delete the table that was restored beside when all of it is copied.")
    private boolean yes;

    @Mixin private final ErasureOptions erasures = new ErasureOptions();

    @Mixin private final DeploymentOptions deployment = new DeploymentOptions();

    @Mixin private final Output output = new Output();

    private final InstantSource clock = InstantSource.system();

    /**
     * What a recovery of a table did.
     *
     * @param from the restored table
     * @param rows of the restored table, by what became of them
     * @param removed rows of users who were erased while rows were copied
     */
    private record Recovered(String table, String from, Map<String, Long> rows, int removed) {}

    @Override
    public Integer call() throws IOException {
        CommandException.require(
                rate >= 1 && rate <= MAX_RATE, "--rate must be between 1 and %,d.", MAX_RATE);
        var settings = deployment.find(Setting.INTERACTIONS_TABLE, new NamedSettings()).settings();
        try (Clients clients = new Clients(settings)) {
            StackStores stores = new StackStores(settings, clients, clock);
            return what.bucket || what.table == null ? objects(stores) : table(stores, what.table);
        } catch (StoreUnavailableException unanswered) {
            throw CommandException.withAdvice(
                    unanswered, "Recover again: nothing is copied twice.");
        }
    }

    private int objects(StackStores stores) {
        String bucket = stores.settings().text(Setting.MODEL_BUCKET);
        String prefix = "models/" + stores.modelLogs().head().current() + "/";
        ObjectRecovery.Found found =
                new ObjectRecovery(S3ObjectStore.ofModels(stores.clients().s3(), bucket))
                        .run(prefix, !dryRun);
        boolean all = found.lost().isEmpty();
        output.result(
                found,
                "%,d objects below %s brought back, %,d whole, %,d lost%s.",
                found.restored(),
                prefix,
                found.intact(),
                found.lost().size(),
                all ? "" : ": replay if learning stands still");
        return all ? 0 : 1;
    }

    private int table(StackStores stores, TableName name) throws IOException {
        Instant time = at;
        if (time == null || !time.isBefore(clock.instant())) {
            throw new CommandException("--table needs --at with the time before the damage.");
        }
        if (name == TableName.USERS) {
            erasures.requireStated();
        }
        var client = stores.clients().dynamoDb();
        String table = stores.settings().text(name.setting);
        String from = fromTable == null ? restored(client, table, time) : fromTable;
        TableCopy copy =
                TableCopy.of(client, from, table, clock)
                        .orElseThrow(
                                CommandException.saying(
                                        "%s has other keys than %s: name a copy of that table.",
                                        from, table));
        Set<String> erased = erasures.erased(time, Optional.of(stores.settings()), clock);
        Map<String, Long> rows =
                copy.run(
                        name.rule,
                        erased::contains,
                        !dryRun,
                        part -> LockSupport.parkNanos(part * 1_000_000_000L / rate));
        int removed = dryRun ? 0 : erase(stores, time);
        if (yes && !dryRun && fromTable == null) {
            client.deleteTable(r -> r.tableName(from));
        } else {
            output.note(from + " stays: delete it when nobody needs it.");
        }
        return output.result(
                new Recovered(table, from, rows, removed),
                "%s from %s: rows %s; %,d of users who were erased meanwhile removed.",
                table,
                from,
                rows,
                removed);
    }

    /**
     * Has DynamoDB restore a table as it was at a time beside it, for $0.15 a GB in us-east-1, and
     * waits until that is done; waits for the one that an earlier run began.
     *
     * @return the name of the restored table
     */
    private String restored(DynamoDbClient client, String table, Instant time) {
        String beside = table + "-at-" + time.toString().replaceAll("[:.]", "");
        try {
            client.restoreTableToPointInTime(
                    r -> r.sourceTableName(table).targetTableName(beside).restoreDateTime(time));
        } catch (TableAlreadyExistsException | TableInUseException begun) {
            output.note(beside + " is there already.");
        } catch (DynamoDbException refused) {
            throw new CommandException(
                    refused,
                    "DynamoDB does not restore %s: %s Docs/operate.md, 'Recovery', says how a deleted table comes back.",
                    table,
                    refused.awsErrorDetails().errorMessage());
        }
        output.note("DynamoDB restores " + beside + ", in minutes to hours by its size.");
        BackoffStrategy each = BackoffStrategy.fixedDelayWithoutJitter(LOOK);
        client.waiter()
                .waitUntilTableExists(
                        r -> r.tableName(beside),
                        wait -> wait.backoffStrategyV2(each).maxAttempts(MAX_LOOKS));
        return beside;
    }

    /** Removes rows of users who were erased since a time, also while rows were copied. */
    private int erase(StackStores stores, Instant since) throws IOException {
        UserStores rows = new UserStores(stores.interactions(), stores.exposures(), stores.users());
        int removed = 0;
        for (String id : erasures.erased(since, Optional.of(stores.settings()), clock)) {
            Tombstone tombstone = rows.users().get(id).tombstone();
            if (tombstone != null) {
                removed += rows.remove(id, tombstone, _ -> true).rows();
            }
        }
        return removed;
    }
}
