package dev.freshet.functions;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.access.Authenticator.Verdict;
import dev.freshet.access.Operation;
import dev.freshet.access.Operations;
import java.io.IOException;
import java.io.OutputStream;

/**
 * What API Gateway is told of somebody who was let in: the policy of everything that this kind of
 * credential may call, so that the answer may be cached for all routes; who it is, for the
 * functions; and under which key the usage plan counts.
 *
 * @param json ≤ 8 KB, which is API Gateway's limit
 */
record AuthorizerAnswer(ObjectNode json) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /**
     * The answer for one who was let in.
     *
     * @param methodArn of the request asked about: {@code
     *     arn:aws:execute-api:region:account:api/stage/METHOD/path}
     */
    static AuthorizerAnswer of(Verdict.Admitted admitted, String methodArn) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        ObjectNode answer = nodes.objectNode();
        answer.put("principalId", admitted.key().keyId());
        ObjectNode policy = answer.putObject("policyDocument");
        policy.put("Version", "2012-10-17");
        ObjectNode statement = policy.putArray("Statement").addObject();
        statement.put("Action", "execute-api:Invoke").put("Effect", "Allow");
        ArrayNode resources = statement.putArray("Resource");
        String stage = stage(methodArn);
        Operations.of(admitted.key().kind())
                .forEach(operation -> resources.add(stage + route(operation)));
        ObjectNode context = answer.putObject("context");
        admitted.caller().toContext().forEach(context::put);
        answer.put("usageIdentifierKey", admitted.key().usageKey());
        return new AuthorizerAnswer(answer);
    }

    /** {@code arn:…:api/stage}, without what follows. */
    private static String stage(String methodArn) {
        int api = methodArn.indexOf('/');
        int stage = api < 0 ? -1 : methodArn.indexOf('/', api + 1);
        if (stage < 0) {
            throw new IllegalArgumentException("no ARN of a method");
        }
        return methodArn.substring(0, stage);
    }

    /** A parameter of the path stands for anything; the functions look at it more closely. */
    private static String route(Operation operation) {
        return "/" + operation.method() + operation.path().replaceAll("\\{[^}]*}", "*");
    }

    void write(OutputStream out) throws IOException {
        MAPPER.writeValue(out, json);
    }
}
