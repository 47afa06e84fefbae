package dev.freshet.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The OpenAPI document as a parser of another project reads it, without any message. */
class StrictParserTest {
    private final JsonNode root = ApiDocument.load().root();

    @Test
    void aStrictParserReadsTheDocumentWithoutAMessage() {
        SwaggerParseResult read = parse(root);

        assertThat(read.getMessages()).isEmpty();
        assertThat(read.getOpenAPI().getPaths()).hasSize(root.path("paths").size());
    }

    @Test
    void theParserReportsAMemberThatOpenApiDoesNotKnow() {
        ObjectNode wrong = root.deepCopy();
        wrong.withObject("/info").put("naem", "Freshet");
        List<String> messages = parse(wrong).getMessages();

        assertThat(messages).singleElement().asString().contains("naem");
    }

    /** Aliases of YAML are written out, because parsers allow few of them. */
    private static SwaggerParseResult parse(JsonNode document) {
        ParseOptions options = new ParseOptions();
        options.setResolve(true);
        options.setResolveFully(true);
        return new OpenAPIV3Parser().readContents(document.toString(), null, options);
    }
}
