import dev.freshet.client.Freshet;
import dev.freshet.client.model.NewEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends 1,000 events of ten users through the queue of the client in Java; prints what was refused
 * and what is left.
 */
public class Thousand {
    public static void main(String[] args) throws InterruptedException {
        List<String> refused = new ArrayList<>();
        Freshet freshet =
                Freshet.builder(System.getenv("FRESHET_URL"), "fsk_test")
                        .timeout(Duration.ofMillis(250))
                        .pauses(Duration.ofMillis(2), Duration.ofMillis(20))
                        .batchSize(10)
                        .flushInterval(Duration.ofMillis(1))
                        .onRejected((event, rejection) -> refused.add(rejection.code()))
                        .build();
        for (int i = 0; i < 1000; i++) {
            freshet.events()
                    .add(
                            NewEvent.builder()
                                    .type("view")
                                    .userId("u-" + i % 10)
                                    .itemId("" + i)
                                    .build());
            if (i % 100 == 99) {
                Thread.sleep(5);
            }
        }
        int left = freshet.events().close(Duration.ofSeconds(60)).size();
        System.out.println("refused " + refused.size() + ", left " + left);
    }
}
