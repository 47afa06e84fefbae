package dev.freshet.infra;

import static dev.freshet.infra.ApiDocument.map;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The OpenAPI document as a parser of another project reads it, without any message. */
class StrictParserTest {
    private final Map<String, Object> root = ApiDocument.load().root();

    @Test
    void aStrictParserReadsTheDocumentWithoutAMessage() throws Exception {
        SwaggerParseResult read = parse(root);

        assertThat(read.getMessages()).isEmpty();
        assertThat(read.getOpenAPI().getPaths()).hasSameSizeAs(map(root.get("paths")));
    }

    @Test
    void theParserReportsAMemberThatOpenApiDoesNotKnow() throws Exception {
        Map<String, Object> info = new LinkedHashMap<>(map(root.get("info")));
        info.put("naem", "Freshet");
        Map<String, Object> wrong = new LinkedHashMap<>(root);
        wrong.put("info", info);

        List<String> messages = parse(wrong).getMessages();

        assertThat(messages).singleElement().asString().contains("naem");
    }

    /** Aliases of YAML are written out, because parsers allow few of them. */
    private static SwaggerParseResult parse(Map<String, Object> document)
            throws JsonProcessingException {
        ParseOptions options = new ParseOptions();
        options.setResolve(true);
        options.setResolveFully(true);
        return new OpenAPIV3Parser()
                .readContents(new ObjectMapper().writeValueAsString(document), null, options);
    }
}
