package dev.freshet.local.gateway;

import dev.freshet.local.template.Cloud.Route;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Routing of paths and methods; fixed segments take precedence over parameters, as in API Gateway.
 */
final class Routes {

    /** Routes ordered by the number of parameters, fewest first. */
    private final List<Route> routes;

    Routes(List<Route> routes) {
        this.routes =
                routes.stream().sorted(Comparator.comparingLong(Routes::parameterCount)).toList();
    }

    /**
     * A route with the parameters of a path.
     *
     * @param parameters the path's parameters as sent, percent-encoded, as API Gateway's REST APIs
     *     pass them on
     */
    record Match(Route route, Map<String, String> parameters) {}

    Optional<Match> match(String method, String rawPath) {
        for (Route route : routes) {
            if (route.method().equals(method)) {
                Optional<Map<String, String>> parameters = parameters(route.path(), rawPath);
                if (parameters.isPresent()) {
                    return Optional.of(new Match(route, parameters.get()));
                }
            }
        }
        return Optional.empty();
    }

    /** Returns the path template that matches a path, regardless of the method. */
    Optional<String> template(String rawPath) {
        return routes.stream()
                .map(Route::path)
                .filter(path -> parameters(path, rawPath).isPresent())
                .findFirst();
    }

    /** Returns the methods of a path in alphabetical order; empty if there is no such path. */
    List<String> methods(String rawPath) {
        TreeSet<String> methods = new TreeSet<>();
        for (Route route : routes) {
            if (parameters(route.path(), rawPath).isPresent()) {
                methods.add(route.method());
            }
        }
        return new ArrayList<>(methods);
    }

    private static long parameterCount(Route route) {
        return route.path().chars().filter(c -> c == '{').count();
    }

    private static Optional<Map<String, String>> parameters(String template, String rawPath) {
        String[] wanted = template.split("/", -1);
        String[] given = rawPath.split("/", -1);
        if (wanted.length != given.length) {
            return Optional.empty();
        }
        Map<String, String> parameters = new HashMap<>();
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i].startsWith("{") && wanted[i].endsWith("}")) {
                if (given[i].isEmpty()) {
                    return Optional.empty();
                }
                parameters.put(wanted[i].substring(1, wanted[i].length() - 1), given[i]);
            } else if (!wanted[i].equals(given[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(parameters);
    }
}
