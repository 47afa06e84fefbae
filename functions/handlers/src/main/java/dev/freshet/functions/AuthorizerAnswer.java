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
 * The authorizer's response for an admitted caller. Its policy allows every operation that this
 * kind of credential may call, so that the response can be cached for all routes. Its context
 * identifies the caller to the functions, and it names the key under which the usage plan counts
 * requests.
 *
 * @param json ≤ 8 KB, the limit of API Gateway
 */
record AuthorizerAnswer(ObjectNode json) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /**
     * Returns the response for an admitted caller.
     *
     * @param methodArn of the request: {@code
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

    /**
     * Returns the response for a credential that is not valid: it may call nothing.
     *
     * @param methodArn of the request
     */
    static AuthorizerAnswer refusal(String methodArn) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("principalId", "refused");
        ObjectNode policy = answer.putObject("policyDocument");
        policy.put("Version", "2012-10-17");
        policy.putArray("Statement")
                .addObject()
                .put("Action", "execute-api:Invoke")
                .put("Effect", "Deny")
                .put("Resource", stage(methodArn) + "/*");
        return new AuthorizerAnswer(answer);
    }

    /** Returns {@code arn:…:api/stage}, the part of the ARN before the method. */
    private static String stage(String methodArn) {
        int api = methodArn.indexOf('/');
        int stage = api < 0 ? -1 : methodArn.indexOf('/', api + 1);
        if (stage < 0) {
            throw new IllegalArgumentException("not the ARN of a method");
        }
        return methodArn.substring(0, stage);
    }

    /**
     * Returns the route of an operation for a policy, with {@code *} for each path parameter. The
     * functions check the parameter itself.
     */
    private static String route(Operation operation) {
        return "/" + operation.method() + operation.path().replaceAll("\\{[^}]*}", "*");
    }

    /** Writes the response as JSON. */
    void write(OutputStream out) throws IOException {
        MAPPER.writeValue(out, json);
    }
}
