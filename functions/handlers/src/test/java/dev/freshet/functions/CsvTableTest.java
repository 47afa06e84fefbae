package dev.freshet.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTableTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static String csv(String json) throws Exception {
        return CsvTable.of(JSON.readTree(json));
    }

    @Test
    void theHeaderHasTheMembersInTheirOrder() throws Exception {
        assertThat(csv("[{\"b\":1,\"a\":\"x\"},{\"a\":\"y\",\"c\":true}]"))
                .isEqualTo("b,a,c\r\n1,x,\r\n,y,true\r\n");
    }

    @Test
    void nestedMembersAreColumnsAndListsAreCells() throws Exception {
        assertThat(csv("[{\"wanted\":{\"times\":2.5,\"lower\":null},\"tags\":[\"a\",\"b\"]}]"))
                .isEqualTo("wanted.times,wanted.lower,tags\r\n2.5,,a; b\r\n");
    }

    @Test
    void separatorsQuotesAndLineBreaksAreQuoted() throws Exception {
        assertThat(csv("[{\"t\":\"a,b\"},{\"t\":\"say \\\"x\\\"\"},{\"t\":\"two\\r\\nlines\"}]"))
                .isEqualTo("t\r\n\"a,b\"\r\n\"say \"\"x\"\"\"\r\n\"two\r\nlines\"\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=cmd|' /C calc'!A0", "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1", "\n=1",
                "  =1", "＝1", "＋1", "－1", "＠SUM(A1)", "\u00a0=1", "\u202e＝1",
                "\ufeff=1"
            })
    void aTextThatASpreadsheetWouldCalculateIsGuarded(String text) {
        JsonNode list =
                JsonNodeFactory.instance
                        .arrayNode()
                        .add(JsonNodeFactory.instance.objectNode().put("title", text));

        assertThat(CsvTable.of(list).replace("\"", "")).startsWith("title\r\n'" + text);
    }

    @Test
    void aGuardHoldsForListsAndNamesOfMembersToo() throws Exception {
        assertThat(csv("[{\"=x\":[\"=1\",\"b\"]}]")).isEqualTo("'=x\r\n'=1; b\r\n");
    }

    @Test
    void numbersBelowZeroStayNumbers() throws Exception {
        assertThat(csv("[{\"z\":-4.1}]")).isEqualTo("z\r\n-4.1\r\n");
    }

    @Test
    void anEmptyListIsAnEmptyHeader() throws Exception {
        assertThat(csv("[]")).isEqualTo("\r\n");
    }
}
