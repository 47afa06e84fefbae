package dev.freshet.functions.runtime;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.aws.AwsCalls;
import dev.freshet.store.StoreUnavailableException;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * The log of the process: one JSON object for each line, with the fields of {@link LogContext}.
 * Members are named as in Lambda's own JSON log format ({@code timestamp}, {@code level}, {@code
 * message}, {@code requestId}), so that Lambda passes a line on unchanged and filters by its level.
 *
 * <p>Of an exception the log has class names and stack frames, the name of a store that is
 * unavailable and the error code of AWS, but no messages: messages of stores and parsers quote
 * their input, which may contain a user id.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html">Log-level
 *     filtering</a>
 */
public final class JsonLog extends Handler {
    private static final int MAX_FRAMES = 12;
    private static final int MAX_CAUSES = 5;
    private static final int MAX_MESSAGE = 1_000;

    private static boolean installed;

    private final Consumer<String> out;
    private final SimpleFormatter formatter = new SimpleFormatter();

    /** Creates a log handler that writes each line to {@code out}. */
    public JsonLog(Consumer<String> out) {
        this.out = out;
    }

    /**
     * Installs this log for the process, for levels from INFO; for libraries, from WARNING.
     * Repeated calls have no effect.
     */
    static synchronized void install() {
        if (installed) {
            return;
        }
        installed = true;
        LogManager.getLogManager().reset();
        Logger root = Logger.getLogger("");
        root.setLevel(Level.WARNING);
        root.addHandler(new JsonLog(line -> System.err.println(line)));
        OWN.setLevel(Level.INFO);
    }

    /**
     * The logger of this product, referenced strongly because java.util.logging would otherwise
     * discard it together with its level.
     */
    private static final Logger OWN = Logger.getLogger("dev.freshet");

    @Override
    public void publish(LogRecord record) {
        if (isLoggable(record)) {
            out.accept(line(record));
        }
    }

    private String line(LogRecord record) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        String message = formatter.formatMessage(record);
        line.put("timestamp", record.getInstant().toString())
                .put("level", level(record.getLevel()))
                .put(
                        "message",
                        message.length() <= MAX_MESSAGE
                                ? message
                                : message.substring(0, MAX_MESSAGE))
                .put("logger", record.getLoggerName());
        LogContext.now().forEach(line::put);
        if (record.getThrown() != null) {
            line.set("error", error(record.getThrown()));
        }
        return line.toString();
    }

    private static String level(Level level) {
        int value = level.intValue();
        if (value >= Level.SEVERE.intValue()) {
            return "ERROR";
        }
        if (value >= Level.WARNING.intValue()) {
            return "WARN";
        }
        return value >= Level.INFO.intValue() ? "INFO" : "DEBUG";
    }

    /** Returns the classes and stack frames of an exception and its causes, the outermost first. */
    private static ArrayNode error(Throwable thrown) {
        ArrayNode error = JsonNodeFactory.instance.arrayNode();
        Throwable cause = thrown;
        for (int causes = 0; cause != null && causes < MAX_CAUSES; causes++) {
            ObjectNode one = error.addObject().put("class", cause.getClass().getName());
            if (cause instanceof StoreUnavailableException unavailable) {
                one.put("store", unavailable.store());
            } else if (cause instanceof AwsServiceException refused) {
                AwsCalls.errorCode(refused).ifPresent(code -> one.put("code", code));
            }
            ArrayNode places = one.putArray("at");
            StackTraceElement[] frames = cause.getStackTrace();
            for (int i = 0; i < Math.min(frames.length, MAX_FRAMES); i++) {
                places.add(frames[i].toString());
            }
            cause = cause.getCause();
        }
        return error;
    }

    @Override
    public void flush() {
        // Each line is written at once.
    }

    @Override
    public void close() {
        // The stream belongs to the process.
    }
}
