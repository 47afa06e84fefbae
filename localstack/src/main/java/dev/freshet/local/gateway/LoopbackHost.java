package dev.freshet.local.gateway;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Filter that passes only requests whose header {@code Host} names this machine. A page of a
 * foreign site whose name was made to resolve to 127.0.0.1 (DNS rebinding) sends its own name
 * there, and would otherwise read the status and the API with the rights of this machine's user.
 */
final class LoopbackHost extends Filter {
    static final LoopbackHost FILTER = new LoopbackHost();

    private static final Pattern LOOPBACK =
            Pattern.compile(
                    "(127\\.0\\.0\\.1|localhost|\\[::1])(:[0-9]{1,5})?", Pattern.CASE_INSENSITIVE);

    private LoopbackHost() {}

    @Override
    public String description() {
        return "refuses requests that name another host than this machine";
    }

    @Override
    public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
        if (names(exchange.getRequestHeaders().getOrDefault("Host", List.of()))) {
            chain.doFilter(exchange);
            return;
        }
        try (exchange) {
            HttpReply.problem(
                            421,
                            "foreign-host",
                            "foreign host",
                            "The local cloud answers requests to 127.0.0.1 and localhost only.")
                    .sendTo(exchange);
        }
    }

    private static boolean names(List<String> hosts) {
        return hosts.size() == 1 && LOOPBACK.matcher(hosts.getFirst()).matches();
    }
}
