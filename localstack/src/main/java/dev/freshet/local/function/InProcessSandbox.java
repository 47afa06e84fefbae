package dev.freshet.local.function;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.freshet.local.template.Cloud.FunctionDefinition;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Sandbox that calls a handler object in this process, on a separate thread so that it can be
 * interrupted.
 */
public final class InProcessSandbox implements Sandbox {

    private final FunctionDefinition function;
    private final RequestStreamHandler handler;
    private final ExecutorService threads;
    private final FunctionLog log;
    private volatile boolean healthy = true;

    /**
     * Creates a sandbox.
     *
     * @param threads executor of the invocations; owned by the caller
     */
    public InProcessSandbox(
            FunctionDefinition function,
            RequestStreamHandler handler,
            ExecutorService threads,
            FunctionLog log) {
        this.function = function;
        this.handler = handler;
        this.threads = threads;
        this.log = log;
    }

    @Override
    public Invocation invoke(String payload, String requestId, Duration limit)
            throws InterruptedException {
        var context =
                new InvocationContext(
                        function, requestId, System.nanoTime() + limit.toNanos(), log);
        Future<String> running = threads.submit(() -> log.within(() -> handle(payload, context)));
        try {
            return new Invocation.Answer(running.get(limit.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            healthy = false;
            running.cancel(true);
            return new Invocation.TimedOut(limit.toMillis());
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            log.failure(function.name(), requestId, cause);
            return new Invocation.Failed(
                    cause.getClass().getName(), String.valueOf(cause.getMessage()));
        } catch (InterruptedException e) {
            healthy = false;
            running.cancel(true);
            throw e;
        }
    }

    private String handle(String payload, Context context) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] in = payload.getBytes(StandardCharsets.UTF_8);
        handler.handleRequest(new ByteArrayInputStream(in), out, context);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Override
    public boolean healthy() {
        return healthy;
    }

    @Override
    public void close() {
        healthy = false;
        if (handler instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                log.failure(function.name(), "closing", e);
            }
        }
    }

    /**
     * Lambda context of an invocation in this process.
     *
     * @param deadline end of the time limit, in {@link System#nanoTime()}
     */
    private record InvocationContext(
            FunctionDefinition function, String requestId, long deadline, LambdaLogger logger)
            implements Context {

        @Override
        public String getAwsRequestId() {
            return requestId;
        }

        @Override
        public String getLogGroupName() {
            return "/aws/lambda/" + function.name();
        }

        @Override
        public String getLogStreamName() {
            return "local";
        }

        @Override
        public String getFunctionName() {
            return function.name();
        }

        @Override
        public String getFunctionVersion() {
            return "$LATEST";
        }

        @Override
        public String getInvokedFunctionArn() {
            return function.arn();
        }

        @Override
        public @Nullable CognitoIdentity getIdentity() {
            return null;
        }

        @Override
        public @Nullable ClientContext getClientContext() {
            return null;
        }

        @Override
        public int getRemainingTimeInMillis() {
            return (int) Math.max(0, (deadline - System.nanoTime()) / 1_000_000);
        }

        @Override
        public int getMemoryLimitInMB() {
            return function.memoryMegabytes();
        }

        @Override
        public LambdaLogger getLogger() {
            return logger;
        }
    }
}
