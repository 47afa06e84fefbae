package dev.freshet.cli;

import dev.freshet.cli.client.ApiResponse;
import dev.freshet.cli.client.ApiUnreachableException;
import dev.freshet.cli.client.FreshetClient;
import java.net.URI;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where the API is, to be mixed into every command that calls it. */
public final class ApiOptions {

    @Option(
            names = "--api",
            paramLabel = "URI",
            description = "Address of the API. Default: the local cloud of this checkout.")
    private @Nullable URI api;

    @Mixin private final KeyOptions key = new KeyOptions();

    /** The address asked for, or that of the running local cloud. */
    public URI address() {
        return api == null ? RunningCloud.find(Checkout.find()) : api;
    }

    /** A client of that address. Its owner closes it. */
    public FreshetClient client() {
        URI address = address();
        return new FreshetClient(address, key.credential(address));
    }

    /**
     * Calls the API once.
     *
     * @throws CommandException with the problem's sentence unless it answered 2xx
     */
    public ApiResponse call(Function<FreshetClient, ApiResponse> request) {
        try (FreshetClient client = client()) {
            ApiResponse answer = request.apply(client);
            if (!answer.ok()) {
                throw new CommandException(answer.problem());
            }
            return answer;
        } catch (ApiUnreachableException e) {
            throw new CommandException(String.valueOf(e.getMessage()), e);
        }
    }
}
