package dev.freshet.testkit.fuzz;

import dev.freshet.access.ListArm;
import dev.freshet.access.ListCursor;
import dev.freshet.access.Signer;
import dev.freshet.testkit.Bodies;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * The cursors of lists: as a stranger sends them, where only what was handed out may be opened, and
 * as content under a good signature, which another release may have written.
 */
public final class CursorsTarget implements FuzzTarget {
    private final Signer signer = new Signer("c".repeat(32).getBytes(StandardCharsets.US_ASCII));
    private final ListCursor handedOut =
            new ListCursor(
                    ListCursor.owner(signer, "u", "", "home"),
                    Bodies.NOW,
                    true,
                    true,
                    12,
                    List.of(new ListArm("home-pl", "salt-1", "quieter")),
                    "s3",
                    10,
                    List.of(
                            new ListCursor.Place("a", 1, 3, false, false, -0.5, false, false),
                            new ListCursor.Place(
                                    "article-\u0436", 0.25, 4, true, false, -1, false, false),
                            new ListCursor.Place("b", 0.5, 16, false, true, -1.5, false, false)));
    private final String sealed = handedOut.seal(signer);

    @Override
    public String name() {
        return "list cursor";
    }

    @Override
    public List<byte[]> seeds() {
        byte[] content = Base64.getUrlDecoder().decode(sealed);
        return List.of(
                sealed.getBytes(StandardCharsets.US_ASCII),
                Arrays.copyOf(content, content.length - Signer.MIN_SIGNATURE_BYTES));
    }

    @Override
    public List<String> words() {
        return List.of("AAAA", "____", "=", "\u0000\u00ff\u00ff");
    }

    @Override
    public void take(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        ListCursor.open(text, signer)
                .filter(opened -> !opened.equals(handedOut))
                .ifPresent(
                        forged -> {
                            throw new IllegalStateException("a forged cursor was opened");
                        });
        byte[] signed = Arrays.copyOf(input, input.length + Signer.MIN_SIGNATURE_BYTES);
        System.arraycopy(signer.sign(input), 0, signed, input.length, Signer.MIN_SIGNATURE_BYTES);
        ListCursor.open(Base64.getUrlEncoder().withoutPadding().encodeToString(signed), signer)
                .ifPresent(list -> list.after(list.places().size() / 2, 0).seal(signer));
    }
}
