package dev.freshet.aws;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.http.SdkHttpRequest;

/** A listener that keeps what it receives. */
public final class RecordedSignedCalls implements SignedCallListener {
    private final List<String> services = new ArrayList<>();
    private final List<SdkHttpRequest> requests = new ArrayList<>();

    @Override
    public void sending(String service, SdkHttpRequest signed) {
        services.add(service);
        requests.add(signed);
    }

    /** Returns the names of the services, in order. */
    public List<String> services() {
        return List.copyOf(services);
    }

    /** Returns the requests, in order. */
    public List<SdkHttpRequest> requests() {
        return List.copyOf(requests);
    }
}
