package dev.freshet.infra;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.CfnCodeDeployLambdaAliasUpdate;
import software.amazon.awscdk.CfnUpdatePolicy;
import software.amazon.awscdk.services.codedeploy.CfnApplication;
import software.amazon.awscdk.services.codedeploy.CfnDeploymentGroup;
import software.amazon.awscdk.services.codedeploy.CfnDeploymentGroup.AlarmConfigurationProperty;
import software.amazon.awscdk.services.codedeploy.CfnDeploymentGroup.AlarmProperty;
import software.amazon.awscdk.services.codedeploy.CfnDeploymentGroup.AutoRollbackConfigurationProperty;
import software.amazon.awscdk.services.codedeploy.CfnDeploymentGroup.DeploymentStyleProperty;
import software.amazon.awscdk.services.iam.Policy;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.lambda.CfnAlias;
import software.constructs.Construct;

/**
 * Has CodeDeploy move the aliases of the functions behind the API: a tenth of the requests for five
 * minutes, then all. While an alarm sounds it moves back, and with the alias the whole deployment.
 *
 * <p>Each alias has a group of its own, because a group has one deployment at a time. The CDK's own
 * construct would add a policy that AWS manages to the role; of its rights no function here needs
 * those on hooks and on provisioned concurrency.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-updatepolicy.html">UpdatePolicy
 *     attribute</a>
 */
final class CanaryDeployments extends Construct {
    private static final String TENTH_FOR_FIVE_MINUTES =
            "CodeDeployDefault.LambdaCanary10Percent5Minutes";

    /**
     * Creates application and groups.
     *
     * @param alarms names of the alarms; they must not refer to the API, which refers to aliases
     */
    CanaryDeployments(
            Construct scope, Map<String, FreshetFunction> functions, List<String> alarms) {
        super(scope, "CanaryDeployments");
        CfnApplication application =
                CfnApplication.Builder.create(this, "Application")
                        .computePlatform("Lambda")
                        .build();
        application.overrideLogicalId("Deployments");
        Role role = Access.role(this, "Permissions of CodeDeploy to move aliases", "codedeploy");
        role.addToPolicy(Access.allow("*", "cloudwatch:DescribeAlarms"));
        Acknowledged.anyResource(
                role, "cloudwatch:DescribeAlarms cannot be limited to the alarms of a stack.");
        AlarmConfigurationProperty watched =
                AlarmConfigurationProperty.builder()
                        .enabled(true)
                        .alarms(
                                alarms.stream()
                                        .map(name -> AlarmProperty.builder().name(name).build())
                                        .toList())
                        .build();
        for (FreshetFunction function : functions.values()) {
            CfnDeploymentGroup group = group(function, application, role, watched);
            // One policy of all functions would make each alias wait for functions that wait for
            // it.
            Policy rights =
                    Policy.Builder.create(this, function.getNode().getId() + "Rights")
                            .roles(List.of(role))
                            .statements(
                                    List.of(
                                            Access.allow(
                                                    function.function.getFunctionArn(),
                                                    "lambda:GetAlias",
                                                    "lambda:UpdateAlias")))
                            .build();
            CfnAlias alias = FreshetStack.resource(function.alias(), CfnAlias.class);
            alias.getCfnOptions()
                    .setUpdatePolicy(
                            CfnUpdatePolicy.builder()
                                    .codeDeployLambdaAliasUpdate(
                                            CfnCodeDeployLambdaAliasUpdate.builder()
                                                    .applicationName(application.getRef())
                                                    .deploymentGroupName(group.getRef())
                                                    .build())
                                    .build());
            alias.getNode().addDependency(group, role, rights);
        }
    }

    private CfnDeploymentGroup group(
            FreshetFunction function,
            CfnApplication application,
            Role role,
            AlarmConfigurationProperty watched) {
        String id = function.getNode().getId();
        CfnDeploymentGroup group =
                CfnDeploymentGroup.Builder.create(this, id)
                        .applicationName(application.getRef())
                        .serviceRoleArn(role.getRoleArn())
                        .deploymentConfigName(TENTH_FOR_FIVE_MINUTES)
                        .deploymentStyle(
                                DeploymentStyleProperty.builder()
                                        .deploymentType("BLUE_GREEN")
                                        .deploymentOption("WITH_TRAFFIC_CONTROL")
                                        .build())
                        .alarmConfiguration(watched)
                        .autoRollbackConfiguration(
                                AutoRollbackConfigurationProperty.builder()
                                        .enabled(true)
                                        .events(
                                                List.of(
                                                        "DEPLOYMENT_FAILURE",
                                                        "DEPLOYMENT_STOP_ON_ALARM",
                                                        "DEPLOYMENT_STOP_ON_REQUEST"))
                                        .build())
                        .build();
        group.overrideLogicalId(id + "Deployment");
        return group;
    }
}
