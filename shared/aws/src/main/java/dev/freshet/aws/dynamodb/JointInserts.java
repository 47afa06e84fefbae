package dev.freshet.aws.dynamodb;

import dev.freshet.aws.AwsCalls;
import dev.freshet.store.StoreUnavailableException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementError;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementErrorCodeEnum;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementResponse;

/**
 * Puts rows where they are absent, those of several callers by one request: while a request is on
 * its way, the rows of further callers wait for the next one, which in turn waits for at most
 * {@value #MAX_WAIT_MS} ms for as many rows as the last one had. Each row is put, or is not, by
 * itself, and costs the write units that a request of its own would.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchExecuteStatement.html">BatchExecuteStatement</a>
 */
final class JointInserts<R> {
    /** Most rows of a request; the limit of DynamoDB. */
    private static final int MAX_ROWS = 25;

    private static final int MAX_WAIT_MS = 2;

    private final DynamoDbClient client;
    private final Rows<R> rows;
    private final Conditions absent;
    private final Deque<Insert<R>> waiting = new ArrayDeque<>();
    private boolean sending;

    /**
     * Creates inserts into a table.
     *
     * @param absent holds if there is no row with a row's key
     */
    JointInserts(DynamoDbClient client, Rows<R> rows, Conditions absent) {
        this.client = client;
        this.rows = rows;
        this.absent = absent;
    }

    /**
     * A row to insert.
     *
     * @param outcome returns whether it was put
     */
    private record Insert<R>(R row, CompletableFuture<BooleanSupplier> outcome) {}

    /**
     * Puts a row if there is none with its key, and returns whether there was none.
     *
     * @throws StoreUnavailableException if the outcome is unknown
     */
    boolean put(R row) {
        Insert<R> own = new Insert<>(row, new CompletableFuture<>());
        synchronized (waiting) {
            waiting.add(own);
            waiting.notifyAll();
            if (!sending) {
                sending = true;
                Thread.startVirtualThread(this::sendAll);
            }
        }
        return own.outcome.join().getAsBoolean();
    }

    private void sendAll() {
        for (List<Insert<R>> batch = next(0); !batch.isEmpty(); batch = next(batch.size())) {
            send(batch);
        }
    }

    /**
     * Takes the rows of the next request; none where no row waits, which ends the sending.
     *
     * @param last the number of rows of the last request
     */
    private List<Insert<R>> next(int last) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MAX_WAIT_MS);
        List<Insert<R>> batch = new ArrayList<>();
        synchronized (waiting) {
            try {
                for (long left = end - System.nanoTime();
                        last > 1 && waiting.size() < last && left > 0;
                        left = end - System.nanoTime()) {
                    TimeUnit.NANOSECONDS.timedWait(waiting, left);
                }
            } catch (InterruptedException nobodyDoes) {
                Thread.currentThread().interrupt();
            }
            while (!waiting.isEmpty() && batch.size() < MAX_ROWS) {
                batch.add(waiting.remove());
            }
            sending = !batch.isEmpty();
        }
        return batch;
    }

    private void send(List<Insert<R>> batch) {
        try {
            if (batch.size() == 1) {
                boolean put = rows.put(batch.getFirst().row, absent);
                batch.getFirst().outcome.complete(() -> put);
            } else {
                sendTogether(batch);
            }
        } catch (IllegalArgumentException oneOfThem) {
            batch.forEach(insert -> insert.outcome.complete(() -> rows.put(insert.row, absent)));
        } catch (RuntimeException | Error unanswered) {
            batch.forEach(
                    insert ->
                            insert.outcome.complete(
                                    () -> {
                                        throw unanswered;
                                    }));
        }
    }

    private void sendTogether(List<Insert<R>> batch) {
        List<BatchStatementRequest> statements =
                batch.stream().map(insert -> statement(insert.row)).toList();
        List<BatchStatementResponse> answers =
                AwsCalls.call(
                                rows.store(),
                                () ->
                                        client.batchExecuteStatement(
                                                request -> request.statements(statements)))
                        .responses();
        for (int i = 0; i < batch.size(); i++) {
            Insert<R> insert = batch.get(i);
            BatchStatementError error = answers.get(i).error();
            if (error == null) {
                insert.outcome.complete(() -> true);
            } else if (error.code() == BatchStatementErrorCodeEnum.DUPLICATE_ITEM) {
                insert.outcome.complete(() -> false);
            } else {
                insert.outcome.complete(() -> rows.put(insert.row, absent));
            }
        }
    }

    private BatchStatementRequest statement(R row) {
        Map<String, AttributeValue> cells = rows.table().tableSchema().itemToMap(row, true);
        String members =
                cells.keySet().stream()
                        .map("'%s':?"::formatted)
                        .collect(Collectors.joining(",", "{", "}"));
        return BatchStatementRequest.builder()
                .statement(
                        "INSERT INTO \"%s\" VALUE %s".formatted(rows.table().tableName(), members))
                .parameters(List.copyOf(cells.values()))
                .build();
    }
}
