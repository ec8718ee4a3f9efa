<?xml version="1.0" encoding="UTF-8"?>
<!--
  Names the registration department in charge (¶139): by the mother's place of residence in Azerbaijan; without one, by
  that of the medical institution (¶137).
-->
<xsl:stylesheet version="3.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns="urn:chapar:birth-notification:1.0"
    xpath-default-namespace="urn:chapar:birth-notification:1.0">

  <xsl:mode on-no-match="shallow-copy"/>

  <xsl:variable name="departments" select="doc('code-list:registration-departments')/Q{}codeList/Q{}entry"/>

  <xsl:template match="/birthNotification">
    <xsl:variable name="region" select="(mother/residence/region, medicalInstitution/region)[1]"/>
    <xsl:variable name="department" select="$departments[@region = $region]"/>
    <xsl:if test="count($department) ne 1">
      <xsl:message terminate="yes">not exactly one registration department for the region in the code list</xsl:message>
    </xsl:if>
    <xsl:copy>
      <xsl:apply-templates select="node()"/>
      <registrationDepartment>
        <xsl:value-of select="$department/@code"/>
      </registrationDepartment>
    </xsl:copy>
  </xsl:template>

</xsl:stylesheet>
