package dev.freshet.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.ingest.UserAgents.AgentQuota;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserAgentsTest {
    private static final UserAgents AGENTS = new UserAgents();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/125.0.0.0 Safari/537.36 | desktop | Windows | Chrome",
                "Mozilla/5.0 (X11; Linux x86_64; rv:126.0) Gecko/20100101 Firefox/126.0 | desktop | Linux | Firefox",
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15 | desktop | Mac OS X | Safari",
                "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/125.0.0.0 Mobile Safari/537.36 | mobile | Android | Chrome Mobile",
                "Mozilla/5.0 (Linux; Android 13; SM-X700) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/125.0.0.0 Safari/537.36 | tablet | Android | Chrome",
                "Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1 | tablet | iOS | Mobile Safari",
                "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html) | bot | - | Googlebot",
                "who knows | other | - | -"
            })
    void tellsDeviceSystemAndBrowser(String agent, String device, String os, String browser) {
        assertThat(AGENTS.read(agent, new AgentQuota()))
                .isEqualTo(new UserAgents.Agent(device, os, browser));
    }

    @Test
    void looksAtTheFrontOfALongAgentOnly() {
        String agent = "x".repeat(4000) + "Firefox/126.0";

        assertThat(AGENTS.read(agent, new AgentQuota()).browser()).isNull();
    }

    @Test
    void oneRequestHasAFewUnknownAgentsParsedAndTheRestIsOther() {
        UserAgents agents = new UserAgents();
        AgentQuota quota = new AgentQuota();
        for (int i = 0; i < AgentQuota.MAX_PARSED; i++) {
            assertThat(agents.read(firefox(i), quota).browser()).isEqualTo("Firefox");
        }

        assertThat(agents.read(firefox(999), quota)).isEqualTo(UserAgents.Agent.OTHER);
        assertThat(agents.read(firefox(0), quota).browser())
                .as("an agent that was parsed before needs no parse")
                .isEqualTo("Firefox");
        assertThat(agents.read(firefox(999), new AgentQuota()).browser())
                .as("what was not parsed is not remembered")
                .isEqualTo("Firefox");
    }

    private static String firefox(int version) {
        return "Mozilla/5.0 (X11; Linux x86_64; rv:%1$d.0) Gecko/20100101 Firefox/%1$d.0"
                .formatted(version);
    }
}
