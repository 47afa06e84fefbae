package dev.freshet.local.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Test handler that echoes its event with the request id, or throws, sleeps or ends its process as
 * the event demands.
 */
public final class HandlersForTest implements RequestStreamHandler {

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context)
            throws IOException {
        String event = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        switch (event) {
            case "\"throw\"" -> throw new IllegalStateException("requested failure");
            case "\"halt\"" -> Runtime.getRuntime().halt(3);
            case "\"sleep\"" -> sleep();
            case "\"print\"" -> print();
            default -> {}
        }
        String answer = "{\"id\":\"" + context.getAwsRequestId() + "\",\"event\":" + event + "}";
        out.write(answer.getBytes(StandardCharsets.UTF_8));
    }

    private static void sleep() {
        try {
            Thread.sleep(60_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void print() {
        System.out.println("to out");
        System.err.println("to err");
        Thread thread = new Thread(() -> System.out.println("from a thread"));
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
