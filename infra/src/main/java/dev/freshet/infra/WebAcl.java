package dev.freshet.infra;

import dev.freshet.aws.option.StackOptions;
import dev.freshet.aws.option.StackSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.wafv2.CfnWebACL;
import software.amazon.awscdk.services.wafv2.CfnWebACL.AllowActionProperty;
import software.amazon.awscdk.services.wafv2.CfnWebACL.BlockActionProperty;
import software.amazon.awscdk.services.wafv2.CfnWebACL.CountActionProperty;
import software.amazon.awscdk.services.wafv2.CfnWebACL.DefaultActionProperty;
import software.amazon.awscdk.services.wafv2.CfnWebACL.ManagedRuleGroupStatementProperty;
import software.amazon.awscdk.services.wafv2.CfnWebACL.OverrideActionProperty;
import software.amazon.awscdk.services.wafv2.CfnWebACL.RateBasedStatementProperty;
import software.amazon.awscdk.services.wafv2.CfnWebACL.RuleActionOverrideProperty;
import software.amazon.awscdk.services.wafv2.CfnWebACL.RuleActionProperty;
import software.amazon.awscdk.services.wafv2.CfnWebACL.RuleProperty;
import software.amazon.awscdk.services.wafv2.CfnWebACL.StatementProperty;
import software.amazon.awscdk.services.wafv2.CfnWebACL.VisibilityConfigProperty;
import software.amazon.awscdk.services.wafv2.CfnWebACLAssociation;
import software.constructs.Construct;

/**
 * A web ACL in front of the stage of an API: AWS's rules of common attacks and of known bad inputs,
 * and a rate limit for each address. It keeps no samples of requests, which would contain
 * credentials and ids of users.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-baseline.html">Baseline
 *     rule groups</a>
 */
final class WebAcl extends Construct {
    /**
     * Rules that only count, because what they look at is text of the site: bodies, the parameter
     * {@code filter}, which is JSON and may be longer than the 2,048 bytes of a query string that
     * the rules allow, and ids at the end of paths, which may look like names of files. A strict
     * parser reads all of it, and none of it is ever executed, opened or rendered. Enforced, these
     * rules would refuse an article about code, the addresses in a catalogue, or a long filter.
     */
    private static final List<String> COUNTED_RULES =
            List.of(
                    "SizeRestrictions_BODY",
                    "CrossSiteScripting_BODY",
                    "GenericLFI_BODY",
                    "GenericRFI_BODY",
                    "EC2MetaDataSSRF_BODY",
                    "SizeRestrictions_QUERYSTRING",
                    "CrossSiteScripting_QUERYARGUMENTS",
                    "GenericLFI_QUERYARGUMENTS",
                    "GenericRFI_QUERYARGUMENTS",
                    "EC2MetaDataSSRF_QUERYARGUMENTS",
                    "RestrictedExtensions_QUERYARGUMENTS",
                    "RestrictedExtensions_URIPATH");

    private static final int FIVE_MINUTES = 300;

    WebAcl(Construct scope, StackSettings settings, Api api) {
        super(scope, "WebAcl" + api.variant.id);
        CfnWebACL acl =
                CfnWebACL.Builder.create(this, "Acl")
                        .scope("REGIONAL")
                        .defaultAction(allow())
                        .visibilityConfig(visibility(api.variant.id))
                        .rules(rules(settings.get(StackOptions.WAF_RATE)))
                        .build();
        acl.overrideLogicalId("WebAclOf" + api.variant.id);
        CfnWebACLAssociation.Builder.create(this, "Association")
                .webAclArn(acl.getAttrArn())
                .resourceArn(stageArn(api))
                .build()
                .overrideLogicalId("WebAclAt" + api.variant.id);
    }

    private String stageArn(Api api) {
        Stack stack = Stack.of(this);
        return "arn:%s:apigateway:%s::/restapis/%s/stages/%s"
                .formatted(
                        stack.getPartition(),
                        stack.getRegion(),
                        api.api.getRestApiId(),
                        api.api.getDeploymentStage().getStageName());
    }

    private static List<RuleProperty> rules(int rate) {
        RateBasedStatementProperty rated =
                RateBasedStatementProperty.builder()
                        .aggregateKeyType("IP")
                        .evaluationWindowSec(FIVE_MINUTES)
                        .limit(rate)
                        .build();
        BlockActionProperty block = BlockActionProperty.builder().build();
        List<RuleProperty> rules = new ArrayList<>();
        rules.add(
                RuleProperty.builder()
                        .name("RateOfOneAddress")
                        .priority(0)
                        .action(RuleActionProperty.builder().block(block).build())
                        .statement(StatementProperty.builder().rateBasedStatement(rated).build())
                        .visibilityConfig(visibility("RateOfOneAddress"))
                        .build());
        rules.add(managed(1, "AWSManagedRulesKnownBadInputsRuleSet", Stream.empty()));
        rules.add(managed(2, "AWSManagedRulesCommonRuleSet", COUNTED_RULES.stream()));
        return rules;
    }

    private static RuleProperty managed(int priority, String group, Stream<String> counted) {
        ManagedRuleGroupStatementProperty managed =
                ManagedRuleGroupStatementProperty.builder()
                        .vendorName("AWS")
                        .name(group)
                        .ruleActionOverrides(counted.map(WebAcl::count).toList())
                        .build();
        return RuleProperty.builder()
                .name(group)
                .priority(priority)
                .overrideAction(OverrideActionProperty.builder().none(Map.of()).build())
                .statement(StatementProperty.builder().managedRuleGroupStatement(managed).build())
                .visibilityConfig(visibility(group))
                .build();
    }

    private static RuleActionOverrideProperty count(String rule) {
        CountActionProperty count = CountActionProperty.builder().build();
        return RuleActionOverrideProperty.builder()
                .name(rule)
                .actionToUse(RuleActionProperty.builder().count(count).build())
                .build();
    }

    private static DefaultActionProperty allow() {
        return DefaultActionProperty.builder().allow(AllowActionProperty.builder().build()).build();
    }

    private static VisibilityConfigProperty visibility(String metric) {
        return VisibilityConfigProperty.builder()
                .cloudWatchMetricsEnabled(true)
                .metricName(metric)
                .sampledRequestsEnabled(false)
                .build();
    }
}
