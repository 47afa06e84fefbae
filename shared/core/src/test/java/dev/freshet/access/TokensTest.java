package dev.freshet.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.testkit.Bodies;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest {
    private final Signer signer = new Signer(Bodies.utf8("a secret of this stack"));
    private final ExposureToken token =
            new ExposureToken(
                    "rec-1",
                    "home",
                    List.of(
                            new ListArm("home-pl", "salt-1", "control"),
                            new ListArm("b", "c", "d")),
                    42,
                    Bodies.NOW,
                    List.of(
                            new ExposureToken.Shown("a", 0.5, 3),
                            new ExposureToken.Shown("\u00e9\ud83d\ude00", 1, 1 << 10)));

    @Test
    void anExposureTokenComesBackAsItWent() {
        assertThat(ExposureToken.open(token.sign(signer), signer)).contains(token);
        assertThat(token.itemIds()).containsExactly("a", "\u00e9\ud83d\ude00");
    }

    @Test
    void theSegmentOfTheUserComesBackAndOfAUserWithoutOneNothingIsAdded() {
        ExposureToken ofSegment = token.ofSegment("s12");

        assertThat(ExposureToken.open(ofSegment.sign(signer), signer)).contains(ofSegment);
        assertThat(ofSegment.ofSegment(null).sign(signer)).isEqualTo(token.sign(signer));
        assertThat(ofSegment.sign(signer).length() - token.sign(signer).length()).isLessThan(9);
        assertThatThrownBy(() -> token.ofSegment("s".repeat(ExposureToken.MAX_SEGMENT + 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static ExposureToken page(
            List<ListArm> arms, List<ListArm> shadows, int first, ExposureToken.Shown... items) {
        return new ExposureToken(
                "rec-1", null, "home", arms, shadows, null, 42, Bodies.NOW, first, List.of(items));
    }

    @Test
    void whatAListIsToShadowsComesBackInHalfPrecision() {
        ExposureToken drawn =
                page(
                        List.of(new ListArm("home-pl", "salt-1", "control")),
                        List.of(new ListArm("home-pl", "salt-1", "quieter")),
                        0,
                        new ExposureToken.Shown("a", 0.5, 3, true, false, List.of(0.3f)),
                        new ExposureToken.Shown("b", 0.5, 3, false, true, List.of(0f)),
                        new ExposureToken.Shown(
                                "c", 0.125, 3, true, false, List.of(Float.NEGATIVE_INFINITY)));

        assertThat(ExposureToken.open(drawn.sign(signer), signer)).contains(drawn);
        assertThat(drawn.items().getFirst().logRatios().getFirst()).isCloseTo(0.3f, within(2e-4f));
    }

    @Test
    void anItemHasARatioForEachShadow() {
        ExposureToken.Shown none = new ExposureToken.Shown("a", 0.5, 3);
        List<ListArm> one = List.of(new ListArm("home-pl", "salt-1", "quieter"));

        assertThatThrownBy(() -> page(List.of(), one, 0, none))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aTokenOfALaterPageKnowsItsPositions() {
        ExposureToken later =
                page(
                        List.of(),
                        List.of(),
                        40,
                        new ExposureToken.Shown("a", 1, 1),
                        new ExposureToken.Shown("b", 1, 1));

        assertThat(ExposureToken.open(later.sign(signer), signer)).contains(later);
        assertThat(later.positionOf("b")).isEqualTo(41);
        assertThat(later.positionOf("c")).isEqualTo(-1);
    }

    @Test
    void noByteOfAnExposureTokenMayChange() {
        byte[] sealed = Base64.getUrlDecoder().decode(token.sign(signer));
        for (int i = 0; i < sealed.length; i++) {
            byte[] forged = sealed.clone();
            forged[i] ^= 1;
            String text = Base64.getUrlEncoder().withoutPadding().encodeToString(forged);
            assertThat(ExposureToken.open(text, signer)).as("byte %d changed", i).isEmpty();
        }
    }

    @Test
    void aTokenOfAnotherStackOrPurposeIsNone() {
        Signer other = new Signer(Bodies.utf8("a secret of another stack"));

        assertThat(ExposureToken.open(token.sign(other), signer)).isEmpty();
        assertThat(ExposureToken.open(token.sign(signer.derive("x")), signer)).isEmpty();
        assertThat(ExposureToken.open("", signer)).isEmpty();
        assertThat(ExposureToken.open("not base64!", signer)).isEmpty();
        assertThat(ExposureToken.open("A".repeat(20_000), signer)).isEmpty();
    }

    @Test
    void aTokenIsOverAfterSevenDays() {
        assertThat(token.expired(Bodies.NOW.plus(Duration.ofDays(7)))).isFalse();
        assertThat(token.expired(Bodies.NOW.plus(Duration.ofDays(7)).plusMillis(1))).isTrue();
    }

    @Test
    void anAskerIsNamedByEightBytesThatDifferFromListToList() {
        ExposureToken asked = token.askedBy("ann", signer);
        ExposureToken other =
                new ExposureToken("rec-2", "home", List.of(), 42, Bodies.NOW, token.items())
                        .askedBy("ann", signer);

        assertThat(asked.sign(signer).length() - token.sign(signer).length()).isBetween(10, 11);
        assertThat(ExposureToken.open(asked.sign(signer), signer)).contains(asked);
        assertThat(asked.isAskedBy(List.of("ben", "ann"), signer)).isTrue();
        assertThat(asked.isAskedBy(List.of("ben"), signer)).isFalse();
        assertThat(asked.isAskedBy(List.of("ann"), signer.derive("another stack"))).isFalse();
        assertThat(token.isAskedBy(List.of("ann"), signer)).as("nobody asked").isFalse();
        assertThat(other.asker()).isNotEqualTo(asked.asker());
    }

    @Test
    void aListOfTenTakesHalfAKilobyte() {
        List<ExposureToken.Shown> items =
                IntStream.range(0, 10)
                        .mapToObj(i -> new ExposureToken.Shown("article-%012d".formatted(i), 1, 1))
                        .toList();
        String id = "0".repeat(32);
        ExposureToken ten = new ExposureToken(id, "home", List.of(), 1, Bodies.NOW, items);

        assertThat(ten.askedBy("ann", signer).sign(signer)).hasSize(504);
    }

    @Test
    void aHundredItemsFitIntoFourKilobytes() {
        List<ExposureToken.Shown> items =
                IntStream.range(0, 100)
                        .mapToObj(i -> new ExposureToken.Shown("article-%012d".formatted(i), 1, 1))
                        .toList();
        String id = "0".repeat(32);

        assertThat(new ExposureToken(id, "home", List.of(), 1, Bodies.NOW, items).sign(signer))
                .hasSizeLessThan(4096);
    }

    /** One character of each length in UTF-8: Latin, Cyrillic, Chinese, and a surrogate pair. */
    @ParameterizedTest
    @ValueSource(strings = {"a", "\u0436", "\u5b57", "\ud83d\ude00"})
    void aTokenOfAHundredOfTheLongestIdsOfAnyScriptIsRead(String character) {
        ExposureToken longest = longest(character);

        String text = longest.sign(signer);

        assertThat(text).hasSizeLessThanOrEqualTo(ExposureToken.MAX_LENGTH);
        assertThat(ExposureToken.open(text, signer)).contains(longest);
        assertThat(ExposureToken.reopen(text)).contains(longest);
    }

    private static ExposureToken longest(String character) {
        String widest = character.repeat(128 / character.length());
        List<ExposureToken.Shown> items =
                IntStream.range(0, 100)
                        .mapToObj(i -> "%s%02d".formatted(widest.substring(0, 126), i))
                        .map(id -> shown(id, List.of(0.5f, -2f)))
                        .toList();
        ListArm arm = new ListArm("n".repeat(48), "n".repeat(48), "n".repeat(48));
        return new ExposureToken(
                "0".repeat(32),
                -1L,
                widest,
                Collections.nCopies(ListArm.MAX, arm),
                Collections.nCopies(ExposureToken.MAX_SHADOWS, arm),
                null,
                1,
                Bodies.NOW,
                0,
                items);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "\u0436", "\u5b57", "\ud83d\ude00"})
    void aCursorOfTheLongestIdsOfAnyScriptIsRead(String character) {
        Random random = new Random(3);
        List<ListCursor.Place> places =
                IntStream.range(0, 99)
                        .mapToObj(i -> incompressible(character, random))
                        .map(id -> place(id, random.nextFloat(), random, 16, random.nextFloat()))
                        .toList();
        String name = "n".repeat(48);
        ListCursor longest =
                new ListCursor(
                        random.nextLong(),
                        Bodies.NOW,
                        true,
                        true,
                        1,
                        Collections.nCopies(ListArm.MAX, new ListArm(name, name, name)),
                        "s" + "9".repeat(9),
                        1,
                        places);

        String text = longest.seal(signer);

        assertThat(text).hasSizeLessThanOrEqualTo(ListCursor.MAX_LENGTH);
        assertThat(ListCursor.open(text, signer)).contains(longest);
    }

    private static String incompressible(String character, Random random) {
        int[] points = new int[128 / character.length()];
        Arrays.setAll(
                points,
                i ->
                        character.codePointAt(0) < 128
                                ? 33 + random.nextInt(94)
                                : character.codePointAt(0) + random.nextInt(64));
        return new String(points, 0, points.length);
    }

    @Test
    void aCursorOfNinetyPlacesFitsIntoThreeKilobytes() {
        Random random = new Random(3);
        List<ListCursor.Place> places =
                IntStream.range(0, 90)
                        .mapToObj(i -> place(hexadecimal(random), 1, random, 8, -i / 10f))
                        .toList();
        ListCursor cursor =
                new ListCursor(1, Bodies.NOW, true, true, 1, List.of(), null, 10, places);

        assertThat(cursor.seal(signer)).hasSizeLessThan(3 << 10);
    }

    private static ExposureToken.Shown shown(String id, List<Float> logRatios) {
        return new ExposureToken.Shown(id, 1, 1, true, false, logRatios);
    }

    private static String hexadecimal(Random random) {
        return "%012x".formatted(random.nextLong() >>> 16);
    }

    private static ListCursor.Place place(
            String id, float propensity, Random random, int sourceBits, float score) {
        int sources = random.nextInt(1 << sourceBits);
        boolean drawn = propensity < 1;
        return new ListCursor.Place(id, propensity, sources, drawn, false, score, false, false);
    }

    @Test
    void aPermitHoldsUntilItExpiresAndForTwoDaysAtMost() {
        ImportPermit permit =
                new ImportPermit(Bodies.NOW.plusSeconds(60), Instant.parse("2015-01-01T00:00:00Z"));
        String text = permit.sign(signer);

        assertThat(ImportPermit.open(text, signer, Bodies.NOW)).contains(permit);
        assertThat(ImportPermit.open(text, signer, Bodies.NOW.plusSeconds(60))).isEmpty();
        Instant before = Bodies.NOW.minus(Duration.ofHours(ImportPermit.MAX_HOURS + 1));
        assertThat(ImportPermit.open(text, signer, before.plusSeconds(60))).contains(permit);
        assertThat(ImportPermit.open(text, signer, before.plusSeconds(59))).isEmpty();
    }

    @Test
    void aForgedPermitIsNone() {
        String text = new ImportPermit(Bodies.NOW.plusSeconds(60), Instant.EPOCH).sign(signer);

        assertThat(ImportPermit.open(text, signer.derive("x"), Bodies.NOW)).isEmpty();
        assertThat(ImportPermit.open(text.substring(1), signer, Bodies.NOW)).isEmpty();
        assertThat(ImportPermit.open(token.sign(signer), signer, Bodies.NOW)).isEmpty();
    }

    @Test
    void aPermitDoesNotReachBehindTheEpoch() {
        assertThatThrownBy(() -> new ImportPermit(Bodies.NOW, Instant.EPOCH.minusMillis(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
