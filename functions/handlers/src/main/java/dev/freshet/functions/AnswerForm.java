package dev.freshet.functions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.catalog.Attributes.PublicAttributes;
import dev.freshet.functions.Problem.ProblemException;
import dev.freshet.query.InvalidQueryException;
import dev.freshet.query.ItemFields;
import dev.freshet.ranking.ReasonLanguage;
import dev.freshet.ranking.ReasonLanguages;
import org.jspecify.annotations.Nullable;

/**
 * What a response says of each item, and in which language.
 *
 * @param fields that the caller may read
 * @param language of the reasons
 */
record AnswerForm(ItemFields fields, ReasonLanguage language) {
    /** The form where the request asks for nothing else. */
    static final AnswerForm USUAL = new AnswerForm(ItemFields.USUAL, ReasonLanguage.ENGLISH);

    private static final String LANGUAGE = "language";
    private static final String ACCEPT_LANGUAGE = "Accept-Language";

    /**
     * What a stack offers.
     *
     * @param open the attributes that everybody with a credential may read
     * @param languages of reasons
     */
    record Offer(PublicAttributes open, ReasonLanguages languages) {
        /**
         * Reads the form of the response to a {@code GET}.
         *
         * @throws InvalidQueryException for fields or a language that break a rule
         * @throws ProblemException 400 for an attribute that the caller may not read
         */
        AnswerForm of(HttpRequest request) {
            return form(
                    request.caller().trusted(),
                    request.header(ACCEPT_LANGUAGE).orElse(null),
                    ItemFields.of(request.query()),
                    request.query(LANGUAGE).orElse(null));
        }

        /**
         * Reads the form of the response to a request with a body.
         *
         * @throws InvalidQueryException for fields or a language that break a rule
         * @throws ProblemException 400 for an attribute that the caller may not read
         */
        AnswerForm of(HttpRequest request, JsonNode body) {
            return form(
                    request.caller().trusted(), request.header(ACCEPT_LANGUAGE).orElse(null), body);
        }

        /**
         * Reads the form of a response for the owner of the stack, who may read every attribute.
         *
         * @throws InvalidQueryException for fields or a language that break a rule
         */
        AnswerForm ofOwner(JsonNode body) {
            return form(true, null, body);
        }

        private AnswerForm form(boolean trusted, @Nullable String accepted, JsonNode body) {
            JsonNode language = body.path(LANGUAGE);
            return form(
                    trusted,
                    accepted,
                    ItemFields.of(body),
                    language.isMissingNode() || language.isNull() ? null : language.asText(""));
        }

        private AnswerForm form(
                boolean trusted,
                @Nullable String accepted,
                ItemFields fields,
                @Nullable String language) {
            if (language != null && !ReasonLanguages.isTag(language)) {
                throw new InvalidQueryException(
                        "bad-language", "language must be a tag of BCP 47, such as de or pt-BR.");
            }
            checkReadable(trusted, fields);
            return new AnswerForm(fields, languages.choose(language, accepted));
        }

        /** Refuses an attribute that is not public, whether or not items have it. */
        private void checkReadable(boolean trusted, ItemFields fields) {
            if (!trusted && !fields.attributes().stream().allMatch(open::allows)) {
                throw ProblemException.of(
                        400,
                        "attribute-not-public",
                        "fields lists an attribute that only a secret key may read; the"
                                + " owner of the stack opens attributes by the option"
                                + " publicAttributes.");
            }
        }
    }
}
