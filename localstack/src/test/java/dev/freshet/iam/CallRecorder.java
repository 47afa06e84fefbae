package dev.freshet.iam;

import dev.freshet.aws.SignedCallListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Records every call of every AWS client of this process, those that libraries create included: the
 * SDK finds it by the resource {@code software/amazon/awssdk/global/handlers}. It also records the
 * requests that are signed without a client. Each kind of call is recorded once, in memory and, if
 * the environment variable {@value #FILE} names a file, there.
 */
public final class CallRecorder implements ExecutionInterceptor, SignedCallListener {
    static final String FILE = "CALLS_RECORDED_IN";

    private static final Pattern ACCESS_KEY = Pattern.compile("Credential=([^/]+)/");
    private static final Set<RecordedCall> CALLS = ConcurrentHashMap.newKeySet();
    private static final CalledResources RESOURCES = new CalledResources();

    /** Returns the calls of this process so far. */
    static Set<RecordedCall> calls() {
        return Set.copyOf(CALLS);
    }

    @Override
    public void beforeTransmission(
            Context.BeforeTransmission context, ExecutionAttributes attributes) {
        String operation = attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
        RESOURCES
                .of(context.request(), operation)
                .forEach(
                        (resource, action) ->
                                record(caller(context.httpRequest()), action, resource));
    }

    @Override
    public void sending(String service, SdkHttpRequest signed) {
        CalledResources.ofSigned(service, signed)
                .forEach((resource, action) -> record(caller(signed), action, resource));
    }

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
        SdkResponse response = context.response();
        if (response instanceof GetShardIteratorResponse first) {
            RESOURCES.remember(first.shardIterator(), context.request());
        } else if (response instanceof GetRecordsResponse page) {
            RESOURCES.remember(page.nextShardIterator(), context.request());
        }
    }

    /** S3 says that an object is missing only to those who may list the bucket. */
    @Override
    public void onExecutionFailure(
            Context.FailedExecution context, ExecutionAttributes attributes) {
        Optional<SdkHttpRequest> request = context.httpRequest();
        if (context.exception() instanceof S3Exception refused
                && refused.statusCode() == 404
                && request.isPresent()) {
            context.request()
                    .getValueForField("Bucket", String.class)
                    .ifPresent(
                            bucket ->
                                    record(
                                            caller(request.get()),
                                            "s3:ListBucket",
                                            CalledResources.bucket(bucket)));
        }
    }

    private static String caller(SdkHttpRequest request) {
        Matcher credential =
                ACCESS_KEY.matcher(request.firstMatchingHeader("Authorization").orElse(""));
        return credential.find() ? credential.group(1) : "unsigned";
    }

    private static void record(String caller, String action, String resource) {
        RecordedCall call = new RecordedCall(caller, action, resource);
        if (!CALLS.add(call)) {
            return;
        }
        String file = System.getenv(FILE);
        if (file != null) {
            write(Path.of(file), call);
        }
    }

    private static synchronized void write(Path file, RecordedCall call) {
        try {
            Files.writeString(
                    file, call.line() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}
