package dev.freshet.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyTest {
    private static final String API = "arn:aws:execute-api:us-east-1:000000000000:local/local/";

    @ParameterizedTest
    @CsvSource({
        "GET/v1/notes/*,GET/v1/notes/one,true",
        "GET/v1/notes/*,GET/v1/notes/,true",
        "GET/v1/notes/*,GET/v1/notes,false",
        "GET/v1/notes/*,POST/v1/notes/one,false",
        "GET/v1/notes/*/parts,GET/v1/notes/one/parts,true",
        "GET/v1/notes/*/parts,GET/v1/notes/one/two/parts,true",
        "GET/v1/notes/*/parts,GET/v1/notes/one/partsmore,false",
        "GET/v1/note?,GET/v1/notes,true",
        "GET/v1/note?,GET/v1/note,false",
        "*,DELETE/v1/anything,true",
        "*/v1/notes,PUT/v1/notes,true",
        "GET/v1/notes,get/v1/notes,false"
    })
    void wildcardsOfAResourceMatch(String pattern, String method, boolean covered)
            throws Exception {
        assertThat(policy(allow(pattern)).allows(API + method)).isEqualTo(covered);
    }

    @Test
    void aDenialOutweighsAGrant() throws Exception {
        Policy policy =
                policy(
                        allow("*"),
                        """
                        {"Effect":"Deny","Action":["execute-api:*"],"Resource":["%sDELETE/*"]}"""
                                .formatted(API));

        assertThat(policy.allows(API + "GET/v1/notes")).isTrue();
        assertThat(policy.allows(API + "DELETE/v1/notes")).isFalse();
    }

    @Test
    void everythingNotGrantedIsDenied() throws Exception {
        assertThat(policy().allows(API + "GET/v1/notes")).isFalse();
        assertThat(
                        policy(
                                        """
                                        {"Effect":"Allow","Action":"s3:*","Resource":"*"}""")
                                .allows(API + "GET/v1/notes"))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "null",
                "{\"Statement\":[{\"Effect\":\"Maybe\",\"Action\":\"*\",\"Resource\":\"*\"}]}",
                "{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\",\"Condition\":{}}]}"
            })
    void anInvalidPolicyIsRefused(String document) {
        assertThatThrownBy(() -> Policy.of(new ObjectMapper().readTree(document)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void manyWildcardsTakeNoMoreThanPatternTimesTextSteps() {
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () ->
                        assertThat(Policy.matches("*a".repeat(500) + "b", "a".repeat(10_000)))
                                .isFalse());
    }

    private static String allow(String resource) {
        return """
        {"Effect":"Allow","Action":"execute-api:Invoke","Resource":"%s"}"""
                .formatted(API + resource);
    }

    private static Policy policy(String... statements) throws JsonProcessingException {
        return Policy.of(
                new ObjectMapper()
                        .readTree("{\"Statement\":[" + String.join(",", statements) + "]}"));
    }
}
